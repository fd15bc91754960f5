namespace ClawGrains.Client.Tests.Wasm;

/// <summary>Modules made with wat2wasm, as their bytes.</summary>
internal static class Guests
{
    /// <summary>
    /// <c>add</c> and <c>div</c> of two i32, <c>swap</c> of i64 and f64, <c>spin</c> for ever, <c>grow</c> the memory,
    /// <c>half</c> an f32, <c>not</c> a v128; a memory of 1 to 4 pages and a global <c>answer</c>; its name is "sample".
    /// </summary>
    public const string Sample =
        "AGFzbQEAAAABIAZgAn9/AX9gAn58Anx+YAAAYAF/AX9gAX0BfWABewF7AwgHAAABAgMEBQUEAQEBBAYGAX8AQSoLB0EJBm1lbW9y"
        + "eQIABmFuc3dlcgMAA2FkZAAAA2RpdgABBHN3YXAAAgRzcGluAAMEZ3JvdwAEBGhhbGYABQNub3QABgo5BwcAIAAgAWoLBwAgACAB"
        + "bQsGACABIAALBwADQAwACwsGACAAQAALCgAgAEMAAAA/lAsGACAA/U0LAB8EbmFtZQAHBnNhbXBsZQIPBwAAAQACAAMABAAFAAYA";

    /// <summary>Imports <c>env.log</c>, which nobody gives.</summary>
    public const string Needy = "AGFzbQEAAAABCAJgAX8AYAAAAgsBA2VudgNsb2cAAAMCAQEHCgEGX3N0YXJ0AAEKCAEGAEEBEAAL";

    /// <summary>A command for WASI Preview 1.</summary>
    public const string Preview1 = "AGFzbQEAAAABCAJgAX8AYAAAAiQBFndhc2lfc25hcHNob3RfcHJldmlldzEJcHJvY19leGl0AAADAgEBBQMBAAEHEwIGbWVtb3J5AgAGX3N0YXJ0AAEKCAEGAEEAEAAL";

    /// <summary>Exports a <c>_start</c> that stores one number.</summary>
    public const string Start = "AGFzbQEAAAABBAFgAAADAgEABQMBAAEHCgEGX3N0YXJ0AAAKCwEJAEEAQQE2AgAL";

    /// <summary>A function that promises an i32 and leaves nothing.</summary>
    public const string Invalid = "AGFzbQEAAAABBQFgAAF/AwIBAAoEAQIACw==";
}
