using System.Text.Json.Nodes;
using Otelier.Cli.Otlp;

namespace Otelier.Cli.Demo;

/// <summary>
/// The shopping assistant: an agent that asks a model, runs the tools the model wants and asks again, described by the gen_ai
/// semantic conventions. A conversation spans several traces.
/// </summary>
internal sealed class AssistantScenes(Shop shop, BrowseScenes browse)
{
    private const double ToolTimeoutChance = 0.08, RateLimitChance = 0.05;
    private const int TurnsPerConversation = 4;
    private const string System = "You are the shopping assistant of an outdoor shop. Answer in two sentences. Use the tools for facts.";

    private static readonly (string Question, string Tool, string Arguments, string Answer)[] Turns =
    [
        ("Which tent is good for two people?", "search_products", """{"query":"tent","persons":2}""", "The two-person tent P-3001 suits you. It is in stock and costs 329 euros."),
        ("Is the rain jacket available in M?", "get_product", """{"id":"P-2001","size":"M"}""", "Yes, the rain jacket is available in M. Shall I put it into your cart?"),
        ("Where is my last order?", "get_order_status", """{"order":"latest"}""", "Your parcel left the warehouse yesterday. It should arrive tomorrow."),
        ("What do I need for a weekend in the rain?", "search_products", """{"query":"rain","category":"clothing"}""", "A rain jacket and wool socks. Both are in stock."),
    ];

    private static readonly (string Provider, string Model, string Host)[] Models =
    [
        ("openai", "gpt-4.1-mini", "api.openai.com"),
        ("openai", "gpt-4.1-mini", "api.openai.com"),
        ("anthropic", "claude-sonnet-4-5", "api.anthropic.com"),
    ];

    private int _turns;

    public void Chat(TraceStage stage)
    {
        var turn = _turns++;
        var conversation = $"conv-{turn / TurnsPerConversation:00000}";
        var shopper = ShopStock.Someone(new Random(turn / TurnsPerConversation));
        var agent = shop.Assistant[turn / TurnsPerConversation % shop.Assistant.Length];
        stage.HttpServer(stage.Pick(shop.Frontend), "POST", "/assistant", "/assistant", shopper, () =>
            stage.Http(agent, "POST", "/v1/chat", "/v1/chat", () =>
            {
                InvokeAgent(stage, agent, conversation, shopper, Turns[turn % Turns.Length], Models[turn / TurnsPerConversation % Models.Length]);
                return 200;
            }));
    }

    private void InvokeAgent(
        TraceStage stage, ShopInstance agent, string conversation, Shopper shopper,
        (string Question, string Tool, string Arguments, string Answer) turn, (string Provider, string Model, string Host) model) =>
        stage.In(agent, "invoke_agent shopping-assistant", SpanKind.Internal, new AttributeList
        {
            { "gen_ai.operation.name", "invoke_agent" },
            { "gen_ai.provider.name", model.Provider },
            { "gen_ai.agent.id", "asst-7f3a" },
            { "gen_ai.agent.name", "shopping-assistant" },
            { "gen_ai.agent.description", "Answers questions about products and orders" },
            { "gen_ai.conversation.id", conversation },
            { "gen_ai.request.model", model.Model },
            { "gen_ai.output.type", "text" },
            { "user.id", shopper.UserId },
        }, () =>
        {
            var call = $"call_{stage.Random.NextInt64() & 0xFFFF_FFFF:x8}";
            var question = Message("user", Text(turn.Question));
            var request = Message("assistant", ToolCall(call, turn.Tool, turn.Arguments), "tool_call");
            if (stage.Chance(RateLimitChance))
                RateLimited(stage, agent, conversation, model);
            ModelCall(stage, agent, conversation, model, [question], request, "tool_calls", stage.Random.Next(350, 900), stage.Random.Next(20, 60));
            var (result, failed) = ExecuteTool(stage, agent, call, turn.Tool, turn.Arguments);
            var answer = failed ? "I cannot see your orders right now. Please try again in a minute." : turn.Answer;
            ModelCall(
                stage, agent, conversation, model, [question, request, Message("tool", ToolResult(call, result))],
                Message("assistant", Text(answer), "stop"), "stop", stage.Random.Next(600, 1600), stage.Random.Next(40, 160));
            stage.Log(Severity.Info, $"Assistant answered turn of {conversation}", new AttributeList
            {
                { "gen_ai.conversation.id", conversation },
                { "gen_ai.agent.name", "shopping-assistant" },
            });
        });

    private static AttributeList ChatAttributes(string conversation, (string Provider, string Model, string Host) model) => new()
    {
        { "gen_ai.operation.name", "chat" },
        { "gen_ai.provider.name", model.Provider },
        { "gen_ai.request.model", model.Model },
        { "gen_ai.request.temperature", 0.2 },
        { "gen_ai.request.max_tokens", 512 },
        { "gen_ai.conversation.id", conversation },
        { "gen_ai.output.type", "text" },
        { "server.address", model.Host },
        { "server.port", 443 },
    };

    private static void RateLimited(TraceStage stage, ShopInstance agent, string conversation, (string Provider, string Model, string Host) model)
    {
        stage.In(agent, $"chat {model.Model}", SpanKind.Client, ChatAttributes(conversation, model), () =>
        {
            stage.Spend(60);
            stage.Fail("rate limit reached, retry after 1 s", "429");
            stage.Log(Severity.Warn, $"Model {model.Model} refused the request: rate limit reached, retrying after 1 s");
        });
        stage.Spend(1000);
    }

    private static void ModelCall(
        TraceStage stage, ShopInstance agent, string conversation, (string Provider, string Model, string Host) model,
        JsonNode[] input, JsonNode output, string finishReason, int inputTokens, int outputTokens) =>
        stage.In(agent, $"chat {model.Model}", SpanKind.Client, ChatAttributes(conversation, model), () =>
        {
            stage.Set("gen_ai.system_instructions", new JsonArray(Text(System)).ToJsonString());
            stage.Set("gen_ai.input.messages", new JsonArray([.. input.Select(m => m.DeepClone())]).ToJsonString());
            var firstChunk = 0.2 + (stage.Random.NextDouble() * 0.4);
            stage.Spend((firstChunk * 1000) + (outputTokens * 9));
            stage.Set("gen_ai.response.model", model.Provider == "openai" ? $"{model.Model}-2025-04-14" : $"{model.Model}-20250929");
            stage.Set("gen_ai.response.id", $"resp_{stage.Random.NextInt64():x16}");
            stage.Set("gen_ai.response.finish_reasons", AnyValue.Of(finishReason));
            stage.Set("gen_ai.response.time_to_first_chunk", Math.Round(firstChunk, 4));
            stage.Set("gen_ai.usage.input_tokens", inputTokens);
            stage.Set("gen_ai.usage.output_tokens", outputTokens);
            stage.Set("gen_ai.usage.cache_read.input_tokens", inputTokens / 256 * 128);
            stage.Set("gen_ai.output.messages", new JsonArray(output.DeepClone()).ToJsonString());
        });

    private (string Result, bool Failed) ExecuteTool(TraceStage stage, ShopInstance agent, string call, string tool, string arguments)
    {
        var failed = tool == "get_order_status" && stage.Chance(ToolTimeoutChance * 3);
        var result = failed ? """{"error":"timed out"}""" : tool switch
        {
            "search_products" => """{"products":["P-3001","P-2001"],"total":2}""",
            "get_product" => """{"id":"P-2001","available":true}""",
            _ => """{"status":"shipped","eta":"tomorrow"}""",
        };
        stage.In(agent, $"execute_tool {tool}", SpanKind.Internal, new AttributeList
        {
            { "gen_ai.operation.name", "execute_tool" },
            { "gen_ai.tool.name", tool },
            { "gen_ai.tool.type", "function" },
            { "gen_ai.tool.call.id", call },
            { "gen_ai.tool.description", $"Tool {tool} of the shop" },
            { "gen_ai.tool.call.arguments", arguments },
        }, () =>
        {
            if (failed)
            {
                stage.Spend(2000);
                stage.Throw("httpx.ReadTimeout", "timed out after 2.0 s", StackTraces.PythonTool);
                stage.Log(Severity.Error, $"Tool {tool} timed out", new AttributeList { { "gen_ai.tool.name", tool }, { "gen_ai.tool.call.id", call } });
            }
            else
            {
                browse.GetProduct(stage, tool == "get_product" ? "P-2001" : "P-3001");
            }

            stage.Set("gen_ai.tool.call.result", result);
        });
        return (result, failed);
    }

    private static JsonObject Message(string role, JsonNode part, string? finishReason = null)
    {
        var message = new JsonObject { ["role"] = role, ["parts"] = new JsonArray(part) };
        if (finishReason is not null)
            message["finish_reason"] = finishReason;
        return message;
    }

    private static JsonObject Text(string content) => new() { ["type"] = "text", ["content"] = content };

    private static JsonObject ToolCall(string id, string name, string arguments) =>
        new() { ["type"] = "tool_call", ["id"] = id, ["name"] = name, ["arguments"] = JsonNode.Parse(arguments) };

    private static JsonObject ToolResult(string id, string response) =>
        new() { ["type"] = "tool_call_response", ["id"] = id, ["response"] = JsonNode.Parse(response) };
}
