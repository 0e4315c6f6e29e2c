import { test } from 'node:test';
import { assertScript } from '../../conformance/assert-script.js';

test('labels', async () => {
  await assertScript(`
load 1m
  a{src="api-10:80"} 1
  b{src="db"} 2
eval instant at 0 label_replace(a, "host", "$1.$2$$-\${name}", "src", "(.*)-(?P<name>\\\\d+):.*")
  a{src="api-10:80",host="api.10$-10"} 1
eval instant at 0 label_replace(b, "host", "x", "src", "nope")
  b{src="db"} 2
eval instant at 0 label_replace(b, "src", "", "src", ".*")
  b 2
eval instant at 0 label_replace(b, "__name__", "c", "", "")
  c{src="db"} 2
eval instant at 0 label_replace(b, "host", "$9-$x", "src", ".*")
  b{src="db",host="-"} 2
eval instant at 0 label_join(b, "both", "/", "src", "nope", "src")
  b{src="db",both="db//db"} 2
eval instant at 0 label_join(b, "src", "")
  b 2
eval instant at 0 label_replace({__name__=~"a|b"}, "src", "same", "", "") * 1
  expect fail msg: vector cannot contain metrics with the same labelset
eval instant at 0 label_replace(a, "b", "", "c", "(")
  expect fail msg: invalid regular expression in label_replace(): (
eval instant at 0 label_replace(a, "", "", "c", "d")
  expect fail regex: invalid destination label name in label_replace.*
eval instant at 0 label_join(a, "b", "-", "")
  expect fail regex: invalid source label name in label_join.*
`);
});
