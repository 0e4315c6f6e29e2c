/** Files as a tree: folders first, each level by name. */

export type TreeNode =
  | { readonly kind: 'folder'; readonly name: string; readonly path: string; readonly children: TreeNode[] }
  | { readonly kind: 'file'; readonly name: string; readonly path: string };

/** @param paths with slashes */
export function treeOf(paths: readonly string[]): readonly TreeNode[] {
  const root: TreeNode[] = [];
  for (const path of paths) {
    const names = path.split('/');
    let level = root;
    for (const [depth, name] of names.slice(0, -1).entries()) {
      level = folderIn(level, name, names.slice(0, depth + 1).join('/'));
    }
    level.push({ kind: 'file', name: names.at(-1) ?? path, path });
  }
  sortLevel(root);
  return root;
}

/** The folders that a file lies in, outermost first. */
export function foldersOf(path: string): readonly string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, depth) => names.slice(0, depth + 1).join('/'));
}

function folderIn(level: TreeNode[], name: string, path: string): TreeNode[] {
  for (const node of level) if (node.kind === 'folder' && node.name === name) return node.children;
  const children: TreeNode[] = [];
  level.push({ kind: 'folder', name, path, children });
  return children;
}

function sortLevel(level: TreeNode[]): void {
  level.sort((a, b) => (a.kind === b.kind ? (a.name < b.name ? -1 : 1) : a.kind === 'folder' ? -1 : 1));
  for (const node of level) if (node.kind === 'folder') sortLevel(node.children);
}
