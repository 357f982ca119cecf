using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Otelier.Tests.Architecture;

/// <summary>
/// What a type names, in its declaration and in the bodies of its methods. Read from the built assembly, because a
/// dependency is what the compiler resolved, not what a <c>using</c> line says. Constants and <c>nameof</c> leave no trace there.
/// </summary>
internal static class ReferencedMembers
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Dictionary<short, OperandType> Operands = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(o => o.Value, o => o.OperandType);

    /// <summary>The type a lambda or nested type was written in.</summary>
    public static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    /// <summary>Types and members named by <paramref name="type"/>, nested types apart, once each.</summary>
    public static IEnumerable<MemberInfo> Of(Type type) => Named(type).Distinct();

    /// <summary>The types that a reference to <paramref name="member"/> involves: its own, its owner's, their arguments.</summary>
    public static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        Type t => Parts(t),
        FieldInfo f => Parts(f.DeclaringType).Concat(Parts(f.FieldType)),
        MethodInfo m => Parts(m.DeclaringType).Concat(Parts(m.ReturnType)).Concat(m.GetGenericArguments().SelectMany(Parts))
            .Concat(m.GetParameters().SelectMany(p => Parts(p.ParameterType))),
        MethodBase m => Parts(m.DeclaringType).Concat(m.GetParameters().SelectMany(p => Parts(p.ParameterType))),
        _ => Parts(member.DeclaringType),
    };

    private static IEnumerable<MemberInfo> Named(Type type)
    {
        if (type.BaseType is { } ancestor)
            yield return ancestor;
        foreach (var i in type.GetInterfaces())
            yield return i;
        foreach (var field in type.GetFields(Declared))
            yield return field.FieldType;
        foreach (var method in type.GetMembers(Declared).OfType<MethodBase>())
        {
            if (method is MethodInfo m)
                yield return m.ReturnType;
            foreach (var parameter in method.GetParameters())
                yield return parameter.ParameterType;
            foreach (var member in InBody(method))
                yield return member;
        }
    }

    private static List<MemberInfo> InBody(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
            return [];
        var members = body.LocalVariables.Select(l => (MemberInfo)l.LocalType).ToList();
        members.AddRange(body.ExceptionHandlingClauses
            .Where(c => c.Flags == ExceptionHandlingClauseOptions.Clause && c.CatchType is not null)
            .Select(c => c.CatchType!));
        members.AddRange(InInstructions(method, body.GetILAsByteArray() ?? []));
        return members;
    }

    private static List<MemberInfo> InInstructions(MethodBase method, byte[] il)
    {
        var members = new List<MemberInfo>();
        var typeArguments = method.DeclaringType is { IsGenericType: true } t ? t.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < il.Length;)
        {
            short code = il[at++];
            if (code == 0xFE)
                code = unchecked((short)(0xFE00 | il[at++]));
            switch (Operands[code])
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    at += 1;
                    break;
                case OperandType.InlineVar:
                    at += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    at += 8;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + 4 * BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(at));
                    break;
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    var token = BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(at));
                    if (method.Module.ResolveMember(token, typeArguments, methodArguments) is { } member)
                        members.Add(member);
                    at += 4;
                    break;
                default:
                    at += 4;
                    break;
            }
        }

        return members;
    }

    private static IEnumerable<Type> Parts(Type? type)
    {
        if (type is null || type.IsGenericParameter)
            return [];
        if (type.HasElementType)
            return Parts(type.GetElementType());
        return type.IsConstructedGenericType
            ? type.GetGenericArguments().SelectMany(Parts).Prepend(type.GetGenericTypeDefinition())
            : [type];
    }
}
