import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldersOf, type TreeNode, treeOf } from './tree';

function outline(nodes: readonly TreeNode[], indent = ''): string[] {
  return nodes.flatMap((node) => [
    indent + node.name,
    ...(node.kind === 'folder' ? outline(node.children, `${indent}  `) : []),
  ]);
}

test('folders come first, each level by name', () => {
  const tree = treeOf(['src/main.ts', 'src/lib/pool.ts', 'src/api/server.ts', 'src/api/routes/list.ts']);
  assert.deepEqual(outline(tree), [
    'src',
    '  api',
    '    routes',
    '      list.ts',
    '    server.ts',
    '  lib',
    '    pool.ts',
    '  main.ts',
  ]);
});

test('the folders of a file lead to it', () => {
  assert.deepEqual(foldersOf('src/api/server.ts'), ['src', 'src/api']);
  assert.deepEqual(foldersOf('main.ts'), []);
});
