import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileTemplate } from './template.js';
import { LabelSource } from './values.js';

const LABELS = {
  a: 'alpha',
  n: '5',
  f: '2.5',
  path: '/api/v1 x',
  json: '{"k":[1,"two"],"o":{"p":true}}',
  empty: '',
};

function run(text: string, line = 'the line'): string {
  const template = compileTemplate(text, { name: 'line', failure: (message) => message });
  const time = { ms: Date.UTC(2026, 2, 2, 9, 8, 7, 60), ns: 500_000 };
  const result = template.execute({ labels: LabelSource.of(new Map(Object.entries(LABELS))), line, time });
  return result.kind === 'text' ? result.text : `error: ${result.message}`;
}

function check(cases: Readonly<Record<string, string>>): void {
  for (const [text, expected] of Object.entries(cases)) assert.equal(run(text), expected, text);
}

test('fields, texts and what is trimmed between them', () => {
  check({
    'x {{.a}} y': 'x alpha y',
    'x  {{- .a -}}  y': 'xalphay',
    '{{/* nothing */}}z': 'z',
    '{{.missing}}|': '|',
    '{{ __line__ }}': 'the line',
  });
});

test('conditions, with, range and variables', () => {
  check({
    '{{if .a}}yes{{else}}no{{end}}': 'yes',
    '{{if .empty}}1{{else if .n}}2{{else}}3{{end}}': '2',
    '{{with .a}}<{{.}}>{{else}}none{{end}}': '<alpha>',
    '{{with .empty}}x{{else}}none{{end}}': 'none',
    '{{range $i, $e := index (fromJson .json) "k"}}{{$i}}={{$e}};{{end}}': '0=1;1=two;',
    '{{range $k, $v := fromJson .json}}{{$k}} {{end}}': 'k o ',
    '{{range fromJson "[]"}}x{{else}}nothing{{end}}': 'nothing',
    '{{range fromJson "[1,2,3]"}}{{if eq . 2.0}}{{break}}{{end}}{{.}}{{end}}': '1',
    '{{range fromJson "[1,2,3]"}}{{if eq . 2.0}}{{continue}}{{end}}{{.}}{{end}}': '13',
    '{{$x := .a}}{{$x = upper $x}}{{$x}} {{$.n}}': 'ALPHA 5',
    '{{ (fromJson .json).o.p }}': 'true',
  });
});

test('functions on texts', () => {
  check({
    '{{ .a | ToUpper | ToLower | title }} {{ lower "A" }}{{ upper "b" }}': 'Alpha aB',
    '{{ Replace .a "a" "_" 1 }} {{ replace "a" "_" .a }}': '_lpha _lph_',
    '{{ Trim "xax" "x" }}{{ TrimLeft "xax" "x" }}{{ TrimRight "xax" "x" }}{{ trimAll "x" "xax" }}': 'aaxxaa',
    '{{ TrimPrefix "xa" "x" }}{{ TrimSuffix "ax" "x" }}{{ trimPrefix "x" "xa" }}{{ trimSuffix "x" "ax" }}':
      'aaaa',
    '{{ TrimSpace " a " }}{{ trim " b " }}': 'ab',
    '{{ trunc 3 .a }} {{ trunc -3 .a }} {{ substr 1 3 .a }} {{ substr -1 2 .a }} {{ substr 3 -1 .a }}':
      'alp pha lp al ha',
    '{{ substr 0 3 "äö" }}': 'ä\ufffd',
    '{{ upper "aß" }}{{ ToLower "AÄ" }}': 'Aßaä',
    '{{ contains "lp" .a }} {{ hasPrefix "al" .a }} {{ hasSuffix "x" .a }}': 'true true false',
    '{{ repeat 3 "ab" }}{{ indent 2 "a\\nb" }}{{ nindent 1 "c" }}': 'ababab  a\n  b\n c',
    '[{{ alignLeft 7 .a }}|{{ alignRight 7 .a }}|{{ alignLeft 2 .a }}|{{ alignRight 2 .a }}]':
      '[alpha  |  alpha|al|ha]',
    '{{ regexReplaceAll "(l)(p)" .a "${2}$1" }} {{ regexReplaceAllLiteral "p" .a "$1" }} {{ count "a" .a }}':
      'aplha al$1ha 2',
    '{{ urlencode .path }} {{ urldecode "a%20b+c" }} {{ b64enc "ab" }} {{ b64dec "YWI=" }}':
      '%2Fapi%2Fv1+x a b c YWI= ab',
    '{{ default "d" .empty }}{{ default "d" .a }}': 'dalpha',
  });
});

test('functions on numbers', () => {
  check({
    '{{ add 1 2 .n }} {{ sub 5 2 }} {{ mul 2 3 }} {{ div 7 2 }} {{ mod 7 4 }}': '8 3 6 3 3',
    '{{ addf 1.5 .f }} {{ subf 5 .f }} {{ mulf 2 .f }} {{ divf 5 2 }}': '4 2.5 5 2.5',
    '{{ max 1 3 2 }} {{ min 1 3 2 }} {{ maxf 1.5 .f }} {{ minf 1.5 .f }}': '3 1 2.5 1.5',
    '{{ ceil 1.2 }} {{ floor 1.8 }} {{ round 3.14159 2 }} {{ int "7.9" }} {{ float64 "7.5" }}':
      '2 1 3.14 7 7.5',
    '{{ bytes "2KB" }} {{ duration "90s" }} {{ duration_seconds "1m" }}': '2000 90 60',
  });
});

test('times, logic and printing', () => {
  check({
    '{{ __timestamp__ | date "15:04:05.000" }} {{ unixEpoch __timestamp__ }}': '09:08:07.060 1772442487',
    '{{ unixEpochMillis __timestamp__ }} {{ unixEpochNanos __timestamp__ }}':
      '1772442487060 1772442487060500000',
    '{{ date "2006" (toDate "2006-01-02" "2020-05-06") }} {{ unixToTime "1772442487" | date "15:04" }}':
      '2020 09:08',
    '{{ date "2006" now | len }}': '4',
    '{{ and .a .n }} {{ or .empty .n }} {{ not .a }} {{ eq .n "5" "6" }} {{ ne .n "5" }}':
      '5 5 false true false',
    '{{ lt 1 2 }}{{ le 2 2 }}{{ gt 1 2 }}{{ ge "b" "a" }}': 'truetruefalsetrue',
    '{{ len .a }} {{ index (fromJson "[7]") 0 }} {{ print 1 2 "x" 3 }} {{ println .a }}': '5 7 1 2x3 alpha\n',
    '{{ printf "%-7s|%5.1f|%03d|%q|%v|%x|%t|%%" .a 2.25 7 "q" 1 255 true }}':
      'alpha  |  2.3|007|"q"|1|ff|true|%',
    '{{ fromJson .json }} {{ urlquery "a b" }}': 'map[k:[1 two] o:map[p:true]] a+b',
  });
});

test('what fails for a line says so', () => {
  assert.match(run('{{ div 1 0 }}'), /^error: template: line:1: executing "line": .*divide by zero/);
  assert.match(run('{{ .a.b }}'), /can't evaluate field b in type string/);
  assert.match(run('{{ substr 9 10 .a }}'), /out of range/);
  assert.match(run('{{ lower 5 }}'), /expected string; got int/);
  assert.match(run('{{ range 20000 }}x{{ end }}'), /range goes through too much/);
});

test('what is no template says so, in words of Go', () => {
  const message = (text: string) => {
    try {
      return run(text);
    } catch (error) {
      return (error as Error).message;
    }
  };
  assert.deepEqual(
    [
      '{{.a',
      '{{nope .a}}',
      '{{if .a}}x',
      '{{end}}',
      '{{ $x }}',
      '{{ }}',
      '{{ ) }}',
      '{{ ( }}',
      '{{ "x }}',
    ].map(message),
    [
      'template: line:1: unclosed action',
      'template: line:1: function "nope" not defined',
      'template: line:1: unexpected EOF',
      'template: line:1: unexpected {{end}}',
      'template: line:1: undefined variable "$x"',
      'template: line:1: missing value for command',
      'template: line:1: unexpected right paren',
      'template: line:1: unclosed left paren',
      'template: line:1: unterminated quoted string',
    ],
  );
});

test('what these stores do not evaluate is named', () => {
  assert.throws(
    () => run('{{ toDateInZone "2006" "CET" .a }}'),
    /function toDateInZone in a template is not evaluated/,
  );
  assert.throws(() => run('{{ template "x" }}'), /\{\{template\}\} in a template is not evaluated/);
});

test('the labels that a template reads are known', () => {
  const { fields } = compileTemplate('{{.a}}{{if .b}}{{.c | upper}}{{end}}{{ (printf "%s" .d) }}', {
    name: 'line',
    failure: (message) => message,
  });
  assert.deepEqual(fields, ['a', 'b', 'c', 'd']);
});

test('what depends on one label is made once for each value', () => {
  const { execute } = compileTemplate('{{ upper .a }}', { name: 'line', failure: (message) => message });
  const time = { ms: 0, ns: 0 };
  const input = (a: string) => ({ labels: LabelSource.of(new Map([['a', a]])), line: '', time });
  const first = execute(input('x'));
  assert.equal(execute(input('x')), first);
  assert.deepEqual(execute(input('y')), { kind: 'text', text: 'Y' });
});

test('all labels at once', () => {
  assert.match(run('{{ . }}'), /^map\[a:alpha empty: f:2.5 json:/);
  assert.equal(
    run('{{ len . }} {{ index . "n" }} {{ range $k, $v := . }}{{ $k }},{{ end }}'),
    '6 5 a,empty,f,json,n,path,',
  );
});
