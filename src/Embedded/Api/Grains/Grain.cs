using ClawGrains.Embedded.Runtime;
using Orleans.Runtime;

namespace Orleans;

/// <summary>The base of grain classes.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    /// <summary>Takes the activation from the runtime that is making it.</summary>
    protected Grain() => GrainContext = RuntimeContext.Current
        ?? throw new InvalidOperationException($"{GetType()} can only be made by the grain runtime. In a unit test pass an IGrainContext to the base constructor.");

    /// <summary>Takes the activation as given, for unit tests.</summary>
    protected Grain(IGrainContext grainContext) => GrainContext = grainContext;

    /// <summary>The activation.</summary>
    public IGrainContext GrainContext { get; }

    /// <summary>A reference to this grain.</summary>
    public GrainReference GrainReference => GrainContext.GrainReference;

    /// <summary>The identity in the form <c>type/key</c>.</summary>
    public string IdentityString => GrainContext.GrainId.ToString();

    /// <summary>The silo that runs this activation.</summary>
    public string RuntimeIdentity => this.Silo().Address.ToString();

    /// <summary>Makes references to other grains.</summary>
    protected IGrainFactory GrainFactory => this.Silo().GrainFactory;

    /// <summary>The service scope of the activation.</summary>
    protected internal IServiceProvider ServiceProvider => GrainContext.ActivationServices;

    /// <summary>Called before the first request; state is loaded by then.</summary>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Called after the last request of an orderly deactivation.</summary>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends this activation when the requests in progress are done; later requests go to a new one.</summary>
    protected void DeactivateOnIdle() => ((IGrainBase)this).DeactivateOnIdle();

    /// <summary>Keeps the activation from idle collection for at least this time; a negative time takes the promise back.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => this.Activation().DelayDeactivation(timeSpan);
}
