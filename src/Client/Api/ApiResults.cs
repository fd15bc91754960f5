using System.Text.Json.Serialization.Metadata;
using ClawGrains.Client.Output;
using Microsoft.AspNetCore.Http;

namespace ClawGrains.Client.Api;

/// <summary>Answers of the HTTP API, as people read them who ask with curl.</summary>
internal static class ApiResults
{
    public static IResult Json<T>(T value, JsonTypeInfo<T> type, int statusCode = StatusCodes.Status200OK) =>
        Results.Text(PlainJson.Indented(value, type), "application/json; charset=utf-8", statusCode: statusCode);
}
