using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Otelier.Signals.Columns;

namespace Otelier.Signals.Otlp;

/// <summary>
/// Every sequence of (key, kind of value) seen lately, as a tree whose paths end in an <see cref="AttributeShape"/>. At each
/// node the child taken last is tried first. Bounded: a tree that has grown to <see cref="NodesMax"/> nodes, or a node to
/// <see cref="ChildrenMax"/> children, forgets everything before the next row, and rows that do not fit are worked out on
/// their own.
/// </summary>
internal sealed class AttributeShapeTree
{
    /// <summary>Most nodes remembered.</summary>
    public const int NodesMax = 16 * 1024;

    /// <summary>Most different continuations of one node.</summary>
    public const int ChildrenMax = 64;

    private const int Root = 0;
    private const int None = -1;

    private struct Node
    {
        public byte[] Key;
        public AttributeLetter Letter;
        public int Parent;
        public int FirstChild;
        public int NextSibling;
        public int LastTaken;
        public int Children;
        public AttributeShape? Shape;
        public int Fill;
        public int ColumnIndex;
    }

    private readonly List<(byte[] Key, AttributeLetter Letter)> _offTree = [];
    private Node[] _nodes = new Node[256];
    private int _count;
    private int _at;
    private bool _full = true;
    private bool _isOffTree;
    private int _fill;

    /// <summary>From now on another column is filled.</summary>
    public void BeginColumn() => _fill++;

    public void BeginRow()
    {
        if (_full)
            Reset();
        _at = Root;
        _isOffTree = false;
    }

    /// <summary>Goes on with one attribute. The key is checked when it is new.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DecodeError Step(ReadOnlySpan<byte> key, AttributeLetter letter)
    {
        if (!_isOffTree)
        {
            var child = _nodes[_at].LastTaken;
            if (child != None && _nodes[child].Letter == letter && key.SequenceEqual(_nodes[child].Key))
            {
                _at = child;
                return DecodeError.None;
            }
        }

        return StepSlowly(key, letter);
    }

    /// <summary>The row's shape and its place in <paramref name="column"/>.</summary>
    public int EndRow(AttributesColumn column, out AttributeShape shape)
    {
        if (_isOffTree)
        {
            shape = new AttributeShape([.. _offTree.Select(a => a.Key)], [.. _offTree.Select(a => (byte)a.Letter)]);
            _offTree.Clear();
            return column.Introduce(shape);
        }

        ref var node = ref _nodes[_at];
        shape = node.Shape ??= BuildShape();
        if (node.Fill != _fill)
        {
            node.Fill = _fill;
            node.ColumnIndex = column.Introduce(shape);
        }

        return node.ColumnIndex;
    }

    private DecodeError StepSlowly(ReadOnlySpan<byte> key, AttributeLetter letter)
    {
        if (!_isOffTree)
        {
            for (var child = _nodes[_at].FirstChild; child != None; child = _nodes[child].NextSibling)
            {
                if (_nodes[child].Letter != letter || !key.SequenceEqual(_nodes[child].Key))
                    continue;
                _nodes[_at].LastTaken = child;
                _at = child;
                return DecodeError.None;
            }
        }

        if (!Utf8.IsValid(key))
            return DecodeError.InvalidUtf8;
        if (!_isOffTree && (_count >= NodesMax || _nodes[_at].Children >= ChildrenMax))
            LeaveTree();
        if (_isOffTree)
            _offTree.Add((key.ToArray(), letter));
        else
            AddChild(key, letter);
        return DecodeError.None;
    }

    private void AddChild(ReadOnlySpan<byte> key, AttributeLetter letter)
    {
        if (_count == _nodes.Length)
            Array.Resize(ref _nodes, _nodes.Length * 2);
        var child = _count++;
        ref var parent = ref _nodes[_at];
        _nodes[child] = new Node
        {
            Key = key.ToArray(),
            Letter = letter,
            Parent = _at,
            FirstChild = None,
            NextSibling = parent.FirstChild,
            LastTaken = None,
        };
        parent.FirstChild = child;
        parent.LastTaken = child;
        parent.Children++;
        _at = child;
    }

    private void LeaveTree()
    {
        _full = true;
        _isOffTree = true;
        _offTree.Clear();
        PathTaken(out var keys, out var letters);
        for (var i = 0; i < keys.Length; i++)
            _offTree.Add((keys[i], (AttributeLetter)letters[i]));
    }

    private AttributeShape BuildShape()
    {
        if (_at == Root)
            return AttributeShape.Empty;
        PathTaken(out var keys, out var letters);
        return new AttributeShape(keys, letters);
    }

    private void PathTaken(out byte[][] keys, out byte[] letters)
    {
        var depth = 0;
        for (var node = _at; node != Root; node = _nodes[node].Parent)
            depth++;
        keys = new byte[depth][];
        letters = new byte[depth];
        for (var node = _at; node != Root; node = _nodes[node].Parent)
        {
            depth--;
            keys[depth] = _nodes[node].Key;
            letters[depth] = (byte)_nodes[node].Letter;
        }
    }

    private void Reset()
    {
        Array.Clear(_nodes);
        _nodes[Root] = new Node { Key = [], Parent = None, FirstChild = None, NextSibling = None, LastTaken = None };
        _count = 1;
        _full = false;
    }
}
