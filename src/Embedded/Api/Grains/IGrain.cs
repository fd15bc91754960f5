using Orleans.Runtime;

namespace Orleans;

/// <summary>The base of all grain interfaces. Methods return <see cref="Task"/>, <see cref="ValueTask"/> or <see cref="IAsyncEnumerable{T}"/>.</summary>
public interface IGrain : IAddressable;

/// <summary>The base of grain interfaces whose keys are strings.</summary>
public interface IGrainWithStringKey : IGrain;

/// <summary>The base of interfaces through which grains call back into objects that are not grains.</summary>
public interface IGrainObserver : IAddressable;
