"""Templates that never end, take all memory, or are too much to follow."""

from tests.hostile.case import Case, chart

CYCLE = '{{ $d := dict }}{{ $_ := set $d "me" $d }}'


def doubling(levels: int) -> str:
    """Named templates each of which includes the next one twice."""
    text = "".join(
        f'{{{{ define "t{n}" }}}}{{{{ include "t{n + 1}" . }}}}{{{{ include "t{n + 1}" . }}}}{{{{ end }}}}\n'
        for n in range(levels)
    )
    return f'{text}{{{{ define "t{levels}" }}}}x{{{{ end }}}}{{{{ include "t0" . }}}}'


def widening(levels: int) -> str:
    """Named templates each of which hands the next one its context in two different wrappings."""
    text = "".join(
        f'{{{{ define "w{n}" }}}}{{{{ include "w{n + 1}" (dict "a{n}" .) }}}}'
        f'{{{{ include "w{n + 1}" (dict "b{n}" .) }}}}{{{{ end }}}}\n'
        for n in range(levels)
    )
    return f'{text}{{{{ define "w{levels}" }}}}x{{{{ end }}}}{{{{ include "w0" .Values }}}}'


def unions(levels: int) -> str:
    """A variable that may be one of ever more values, each made of the one before."""
    steps = "".join(
        f'{{{{ if .Values.v{n} }}}}{{{{ $x = dict "a" $x "b" (list $x .Values.w{n}) }}}}'
        f'{{{{ else }}}}{{{{ $x = list $x (dict "c" $x) }}}}{{{{ end }}}}\n'
        for n in range(levels)
    )
    return f"{{{{ $x := dict }}}}\n{steps}"


TEMPLATES = {
    "an-include-without-end": Case(chart('{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}')),
    "includes-without-end-in-a-circle": Case(
        chart(
            '{{ define "a" }}{{ include "b" . }}{{ end }}{{ define "b" }}{{ include "a" . }}{{ end }}'
            '{{ include "a" . }}'
        )
    ),
    "a-template-that-calls-itself": Case(chart('{{ define "a" }}{{ template "a" . }}{{ end }}{{ template "a" . }}')),
    "tpl-that-calls-itself": Case(chart('{{ $t := "{{ tpl .t . }}" }}{{ tpl $t (dict "t" $t "Template" .Template) }}')),
    "tpl-in-values-that-calls-itself": Case(
        chart("{{ tpl .Values.t . }}", values="t: '{{ tpl .Values.t . }}{{ tpl .Values.t . }}'\n")
    ),
    "a-map-in-itself-printed": Case(chart(CYCLE + "{{ $d }}")),
    "a-map-in-itself-as-toml": Case(chart(CYCLE + "{{ toToml $d }}")),
    "a-map-in-itself-as-json": Case(chart(CYCLE + "{{ toJson $d }}")),
    "a-map-in-itself-as-yaml": Case(chart(CYCLE + "{{ toYaml $d }}")),
    "a-map-in-itself-copied": Case(chart(CYCLE + "{{ deepCopy $d }}")),
    "a-map-in-itself-merged": Case(chart(CYCLE + "{{ mergeOverwrite $d $d }}")),
    "values-in-themselves": Case(chart('{{ $_ := set .Values "me" .Values }}{{ toYaml .Values }}')),
    "text-repeated-two-thousand-million-times": Case(chart('{{ repeat 2000000000 "xxxxxxxxxx" }}')),
    "indented-by-twenty-thousand-million": Case(chart('{{ indent 20000000000 "x" }}')),
    "a-list-of-ten-thousand-million": Case(chart("{{ until 10000000000 }}")),
    "a-sequence-of-a-thousand-million": Case(chart("{{ seq 1 1000000000 }}")),
    "loops-in-loops": Case(chart("{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}")),
    "a-loop-of-nine-thousand-million": Case(chart("{{ range $i := 9000000000 }}{{ end }}")),
    "output-without-end": Case(chart("{{ range until 100000000 }}0123456789abcdef0123456789abcdef\n{{ end }}")),
    "named-templates-that-double": Case(chart(doubling(60))),
    "named-templates-that-widen": Case(chart(widening(40))),
    "variables-that-widen": Case(chart(unions(60))),
    "ten-thousand-levels-of-if": Case(chart("{{ if .Values.a }}" * 10_000 + "x" + "{{ end }}" * 10_000)),
    "ten-thousand-brackets": Case(chart("{{ " + "(" * 10_000 + "1" + ")" * 10_000 + " }}")),
    "ten-thousand-else-ifs": Case(chart("{{ if .a }}x" + "{{ else if .Values.b }}y" * 10_000 + "{{ end }}")),
    "a-pipe-of-a-hundred-thousand": Case(chart("{{ 1 " + "| add 1 " * 100_000 + "}}")),
    "a-line-of-ten-megabytes": Case(chart("# " + "x" * (10 << 20) + "\na: 1\n")),
    "an-action-of-a-megabyte": Case(chart('{{ "' + "a" * (1 << 20) + '" }}')),
    "a-field-of-a-hundred-thousand-parts": Case(chart("{{ .Values" + ".a" * 100_000 + " }}")),
    "an-action-that-never-closes": Case(chart("{{ " + "a " * 500_000)),
    "a-hundred-thousand-open-braces": Case(chart("{{" * 100_000)),
    "a-comment-that-never-closes": Case(chart("{{/* " * 20_000)),
    "spaces-before-nothing": Case(chart("{{" + " " * 200_000)),
    "a-hundred-thousand-actions": Case(chart("{{ .Values.a }}\n" * 100_000)),
    "a-hundred-thousand-defines": Case(
        chart("".join(f'{{{{ define "d{n}" }}}}x{{{{ end }}}}\n' for n in range(100_000)))
    ),
    "no-utf-8": Case(chart(b"a: \xff\xfe\xfa\n")),
    "utf-16": Case(chart("kind: Pod\n".encode("utf-16"))),
    "nul": Case(chart(b"kind: Pod\0\napiVersion: v1\n")),
    "escape": Case(chart('kind: Pod\napiVersion: v1\nmetadata: {name: "a\\e[31mb\\nc"}\n')),
    "all-files-printed": Case(
        chart(
            'a: |\n{{ range $p, $_ := .Files.Glob "**" }}{{ range until 2000 }}{{ $.Files.Get $p }}{{ end }}{{ end }}',
            **{"big.txt": "x" * (1 << 20)},
        )
    ),
    "a-regular-expression-bomb": Case(chart('{{ regexMatch "(a+)+$" (repeat 100000 "a" | printf "%s!") }}')),
    "a-regular-expression-of-ten-thousand-repeats": Case(chart('{{ regexMatch "((a{0,1000}){0,1000}){0,1000}" "a" }}')),
    "a-name-that-is-a-path": Case(chart('{{ .Files.Get "../../../../etc/passwd" }}{{ .Files.Get "/etc/passwd" }}')),
    "a-host-that-is-asked": Case(chart('{{ getHostByName "example.com" }}')),
    "the-environment": Case(chart('{{ env "HOME" }}{{ expandenv "$HOME" }}')),
}
