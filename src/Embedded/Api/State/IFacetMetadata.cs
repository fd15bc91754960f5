namespace Orleans;

/// <summary>Marks attributes of constructor parameters that inject something bound to the activation.</summary>
public interface IFacetMetadata;
