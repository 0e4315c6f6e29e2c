import type { Permission, Principal, Role } from '../../types/user.js';

const VIEWER: readonly Permission[] = ['workflows:read', 'users:read'];
const EDITOR: readonly Permission[] = [
  ...VIEWER,
  'workflows:write',
  'workflows:execute',
  'data:write',
  'reports:write',
];
const ADMIN: readonly Permission[] = [...EDITOR, 'users:write'];

const PERMISSIONS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  viewer: new Set(VIEWER),
  editor: new Set(EDITOR),
  admin: new Set(ADMIN),
};

/** Whether any role of `principal` grants `permission`. Roles that we do not know grant nothing. */
export function isAllowed(principal: Principal, permission: Permission): boolean {
  return principal.roles.some((role) => PERMISSIONS[role]?.has(permission) ?? false);
}

/** All permissions of a role, in alphabetical order. */
export function permissionsOf(role: Role): readonly Permission[] {
  return [...PERMISSIONS[role]].sort();
}
