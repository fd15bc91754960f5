using YamlDotNet.Core;

namespace ClawGrains.Skills.Parsing;

/// <summary>
/// Anchors seen so far. An alias weighs its anchor's uses times the heaviest alias inside it; beyond the limit the
/// document is refused, which stops "billion laughs" while sharing stays free.
/// </summary>
internal sealed class AnchorTable
{
    private readonly Dictionary<string, Anchor> _anchors = new(StringComparer.Ordinal);
    private readonly Dictionary<DataNode, int> _weights = [];
    private int _lastUse = 1;

    public void Define(AnchorName name, DataNode node)
    {
        if (!name.IsEmpty) _anchors[name.Value] = new Anchor(node);
    }

    public DataNode? Resolve(string name, out string reason)
    {
        _lastUse = 1;
        if (!_anchors.TryGetValue(name, out var anchor))
        {
            reason = $"the alias *{name} has no anchor before it";
            return null;
        }
        anchor.Uses++;
        if (anchor.Weight == 0) anchor.Weight = _weights.GetValueOrDefault(anchor.Node, 1);
        _lastUse = anchor.Uses * anchor.Weight;
        reason = $"the alias *{name} is used so often that it could exhaust memory";
        return _lastUse > SkillLimits.MaxAliasCount ? null : anchor.Node;
    }

    public void Weigh(DataNode parent, DataNode child, bool isAlias)
    {
        var weight = isAlias ? _lastUse : _weights.GetValueOrDefault(child, 1);
        if (weight > _weights.GetValueOrDefault(parent, 1)) _weights[parent] = weight;
    }

    private sealed class Anchor(DataNode node)
    {
        public DataNode Node { get; } = node;
        public int Uses { get; set; }
        public int Weight { get; set; }
    }
}
