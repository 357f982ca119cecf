using Otelier.Storage.ClickHouse.Native;

namespace Otelier.Storage.ClickHouse.Tables;

/// <summary>One column of a table, said once: its name, the engine's type and how a block writes it.</summary>
internal sealed record TableColumn<TBlock>(string Name, string Type, Action<TBlock, NativeColumnWriter> Write);
