using Otelier.Cli.CommandLine;

return await CliApplication.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
