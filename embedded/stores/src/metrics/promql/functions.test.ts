import { test } from 'node:test';
import { assertScript } from '../../conformance/assert-script.js';

/** One function after the other over `a 0.5`, or what is given. */
async function assertValues(cases: Readonly<Record<string, string>>, load = 'a 0.5'): Promise<void> {
  const evals = Object.entries(cases).map(([query, value]) => `eval instant at 0 ${query}\n  {} ${value}\n`);
  await assertScript(`load 1m\n  ${load}\n\n${evals.join('\n')}`);
}

test('functions of each value', async () => {
  await assertValues({
    'abs(-a)': '0.5',
    'ceil(a)': '1',
    'floor(a)': '0',
    'exp(a)': '1.6487212',
    'ln(a)': '-0.6931471',
    'log2(a)': '-1',
    'log10(a)': '-0.3010299',
    'sqrt(a)': '0.7071067',
    'sgn(-a)': '-1',
    'sgn(a - a)': '0',
    'sgn(a / 0 - a / 0)': 'NaN',
    'clamp(a, 1, 2)': '1',
    'clamp(a, 0, 0.25)': '0.25',
    'clamp_min(a, 1)': '1',
    'clamp_max(a, 0.25)': '0.25',
    'clamp_max(a, NaN)': 'NaN',
    'round(a)': '1',
    'round(-a)': '0',
    'round(a * 10 + 1.3, 5)': '5',
    'round(a * 3, 0.2)': '1.6',
  });
  await assertScript('load 1m\n  a 1\n\neval instant at 0 clamp(a, 2, 1)\n');
});

test('trigonometry', async () => {
  await assertValues({
    'acos(a)': '1.0471975',
    'acosh(a * 4)': '1.3169578',
    'asin(a)': '0.5235987',
    'asinh(a)': '0.4812118',
    'atan(a)': '0.4636476',
    'atanh(a)': '0.5493061',
    'cos(a)': '0.8775825',
    'cosh(a)': '1.1276259',
    'sin(a)': '0.4794255',
    'sinh(a)': '0.5210953',
    'tan(a)': '0.5463024',
    'tanh(a)': '0.4621171',
    'deg(a)': '28.6478897',
    'rad(a)': '0.00872665',
  });
});

test('dates, of values in seconds and of the time of evaluation', async () => {
  await assertValues(
    {
      'year(a)': '2024',
      'month(a)': '2',
      'day_of_month(a)': '29',
      'day_of_week(a)': '4',
      'day_of_year(a)': '60',
      'days_in_month(a)': '29',
      'hour(a)': '23',
      'minute(a)': '58',
      'year(vector(-62135596800))': '1',
      'day_of_year(vector(-62135596800))': '1',
    },
    'a 1709251138',
  );
  await assertScript(`
eval range from 0 to 120m step 60m hour()
  {} 0 1 2
eval instant at 59m minute()
  {} 59
`);
});

test('between scalars and vectors', async () => {
  await assertScript(`
load 1m
  a{id="1"} 1 2
  a{id="2"} _ 3
eval range from 0 to 1m step 1m scalar(a)
  {} 1 NaN
eval instant at 0 scalar(nope)
  NaN
eval instant at 1m vector(2) + vector(time())
  {} 62
eval instant at 90s time()
  90
eval instant at 0 pi()
  3.1415926
eval instant at 90s timestamp(a{id="1"})
  {id="1"} 60
eval instant at 90s timestamp(a{id="1"} + 0)
  {id="1"} 90
eval instant at 0 min_of(2, 3) * max_of(4, 5)
  10
`);
});

test('absence', async () => {
  await assertScript(`
load 1m
  a{id="1"} 1 stale 1
eval range from 0 to 2m step 1m absent(a{id="1",job=~"|x"})
  {id="1"} _ 1 _
eval instant at 0 absent(nope{a="b",c!="d",e="f",e="g"})
  {a="b"} 1
eval instant at 0 absent(sum(nope{a="b"}))
  {} 1
eval range from 0 to 10m step 5m absent_over_time(a{id="1"}[1m])
  {id="1"} _ 1 1
eval instant at 0 absent(a)
`);
});

test('order', async () => {
  await assertScript(`
load 1m
  a{node="n2"}  2
  a{node="n10"} 1
  a{node="n1"}  NaN
eval instant at 0 sort(a)
  expect ordered
  a{node="n10"} 1
  a{node="n2"} 2
  a{node="n1"} NaN
eval instant at 0 sort_desc(a)
  expect ordered
  a{node="n2"} 2
  a{node="n10"} 1
  a{node="n1"} NaN
eval instant at 0 sort_by_label(a, "node")
  expect ordered
  a{node="n1"} NaN
  a{node="n2"} 2
  a{node="n10"} 1
eval instant at 0 sort_by_label_desc(a, "nope", "node")
  expect ordered
  a{node="n10"} 1
  a{node="n2"} 2
  a{node="n1"} NaN
eval range from 0 to 1m step 1m sort(a{node="n2"})
  expect warn msg: PromQL warning: sort is ineffective for range queries since results are always ordered by labels (1:1)
  a{node="n2"} 2 2
`);
});
