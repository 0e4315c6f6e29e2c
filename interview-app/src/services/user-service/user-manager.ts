import type { Cache } from '../../lib/cache.js';
import type { Database, Session } from '../../lib/database/client.js';
import { conflict, forbidden, notFound } from '../../lib/errors.js';
import type { UserProfile } from '../../types/api.js';
import type { Principal, Role, User } from '../../types/user.js';
import type { Audit } from './audit.js';
import { permissionsOf } from './permissions.js';

export interface NewUser {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly teamIds: readonly string[];
}

export interface UserChanges {
  readonly name?: string | undefined;
  readonly role?: Role | undefined;
  /** All teams of the user from now on. */
  readonly teamIds?: readonly string[] | undefined;
  readonly preferences?: Readonly<Record<string, string>> | undefined;
}

const RECENT_ACTIONS = 5;
const DEFAULT_PREFERENCES = { locale: 'en', timezone: 'UTC', digest: 'weekly' };

/** The users of a tenant, with their teams and preferences. */
export class UserManager {
  readonly #db: Database;
  readonly #audit: Audit;
  readonly #profiles: Cache<UserProfile>;

  constructor(db: Database, audit: Audit, profiles: Cache<UserProfile>) {
    this.#db = db;
    this.#audit = audit;
    this.#profiles = profiles;
  }

  /** @throws {ApiError} 404 */
  async profile(tenantId: string, userId: string): Promise<UserProfile> {
    const cached = this.#profiles.get(userId);
    if (cached && cached.tenantId === tenantId) return cached;
    const profile = await this.#db.$connection((db) => loadProfile(db, tenantId, userId));
    this.#profiles.set(userId, profile);
    return profile;
  }

  /** @throws {ApiError} 403 when all seats are taken, 409 when the e-mail address is */
  create(principal: Principal, user: NewUser): Promise<User> {
    const { tenantId } = principal;
    return this.#db.$transaction(async (tx) => {
      await checkSeat(tx, tenantId, user.email);
      const now = new Date();
      const { email, name, role } = user;
      const created = await tx.user.create({
        data: {
          id: crypto.randomUUID(),
          tenantId,
          email,
          name,
          role,
          status: 'active',
          createdAt: now,
          updatedAt: now,
        },
      });
      for (const [key, value] of Object.entries(DEFAULT_PREFERENCES)) {
        await tx.userPreference.create({ data: { userId: created.id, key, value } });
      }
      await joinTeams(tx, created, user.teamIds);
      await this.#audit.record(tx, principal, { action: 'user.created', targetId: created.id });
      await this.#audit.countUsage(tx, tenantId, 'users');
      return created;
    });
  }

  /** @throws {ApiError} 404 when there is no such user, or no such team */
  async update(principal: Principal, userId: string, changes: UserChanges): Promise<User> {
    const updated = await this.#db.$transaction(async (tx) => {
      const user = await findUser(tx, principal.tenantId, userId);
      const { name = user.name, role = user.role, teamIds, preferences = {} } = changes;
      const after = await tx.user.update({
        where: { id: userId },
        data: { name, role, updatedAt: new Date() },
      });
      if (teamIds) {
        await leaveTeams(tx, userId);
        await joinTeams(tx, after, teamIds);
      }
      for (const [key, value] of Object.entries(preferences)) {
        await tx.userPreference.upsert({
          conflict: ['userId', 'key'],
          create: { userId, key, value },
          update: { value },
        });
      }
      // A token says which role its bearer had when it was made.
      if (role !== user.role) await revokeSessions(tx, userId);
      await this.#audit.record(tx, principal, { action: 'user.updated', targetId: userId });
      return after;
    });
    this.#profiles.drop(userId);
    return updated;
  }

  /**
   * Takes a user's access away. The row stays, because what the user did is still shown with a name; workflows go to
   * whoever removes the user.
   * @throws {ApiError} 404
   */
  async remove(principal: Principal, userId: string): Promise<void> {
    await this.#db.$transaction(async (tx) => {
      await findUser(tx, principal.tenantId, userId);
      await leaveTeams(tx, userId);
      await handOverWorkflows(tx, principal, { from: userId, audit: this.#audit });
      await tx.userPreference.deleteMany({ where: { userId } });
      await revokeSessions(tx, userId);
      await tx.user.update({ where: { id: userId }, data: { status: 'deleted', updatedAt: new Date() } });
      await this.#audit.record(tx, principal, { action: 'user.deleted', targetId: userId });
      await this.#audit.countUsage(tx, principal.tenantId, 'users', -1);
    });
    this.#profiles.drop(userId);
  }
}

async function findUser(db: Session, tenantId: string, id: string): Promise<User> {
  const user = await db.user.findFirst({ where: { id, tenantId, status: 'active' } });
  if (!user) throw notFound('user', id);
  return user;
}

async function loadProfile(db: Session, tenantId: string, userId: string): Promise<UserProfile> {
  const user = await findUser(db, tenantId, userId);
  const tenant = await db.tenant.findFirstOrThrow({ where: { id: tenantId } });
  const memberships = await db.membership.findMany({ where: { userId }, orderBy: { createdAt: 'asc' } });
  const teams: UserProfile['teams'][number][] = [];
  for (const { teamId } of memberships) {
    const team = await db.team.findFirst({ where: { id: teamId } });
    const members = await db.membership.count({ where: { teamId } });
    if (team) teams.push({ id: team.id, name: team.name, members });
  }
  const preferences = await db.userPreference.findMany({ where: { userId } });
  const session = await db.userSession.findFirst({ where: { userId }, orderBy: { lastSeenAt: 'desc' } });
  const workflows = await db.workflow.count({ where: { ownerId: userId, status: { not: 'archived' } } });
  const actions = await db.auditEntry.findMany({
    where: { tenantId, actorId: userId },
    orderBy: { createdAt: 'desc' },
    take: RECENT_ACTIONS,
  });
  const { email, name, role, status } = user;
  return {
    id: userId,
    tenantId,
    tenant: tenant.name,
    email,
    name,
    role,
    status,
    permissions: permissionsOf(role),
    teams,
    preferences: Object.fromEntries(preferences.map(({ key, value }) => [key, value])),
    lastSeenAt: session?.lastSeenAt ?? null,
    workflows,
    recentActions: actions.map(({ action, createdAt }) => ({ action, at: createdAt })),
  };
}

async function checkSeat(tx: Session, tenantId: string, email: string): Promise<void> {
  const tenant = await tx.tenant.findFirstOrThrow({ where: { id: tenantId } });
  const users = await tx.user.count({ where: { tenantId, status: 'active' } });
  if (users >= tenant.seatLimit)
    throw forbidden(`The plan ${tenant.plan} has ${tenant.seatLimit} seats, all are taken`);
  const namesake = await tx.user.findFirst({ where: { tenantId, email, status: 'active' } });
  if (namesake) throw conflict('user_exists', `There is a user ${email} already`);
}

async function joinTeams(tx: Session, { id, tenantId }: User, teamIds: readonly string[]): Promise<void> {
  for (const teamId of teamIds) {
    const team = await tx.team.findFirst({ where: { id: teamId, tenantId } });
    if (!team) throw notFound('team', teamId);
    await tx.membership.create({
      data: { id: crypto.randomUUID(), userId: id, teamId, createdAt: new Date() },
    });
    await tx.team.updateMany({ where: { id: teamId }, data: { memberCount: { increment: 1 } } });
  }
}

async function leaveTeams(tx: Session, userId: string): Promise<void> {
  const memberships = await tx.membership.findMany({ where: { userId } });
  for (const { teamId } of memberships) {
    await tx.team.updateMany({ where: { id: teamId }, data: { memberCount: { increment: -1 } } });
  }
  await tx.membership.deleteMany({ where: { userId } });
}

async function revokeSessions(tx: Session, userId: string): Promise<void> {
  await tx.userSession.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: new Date() } });
}

async function handOverWorkflows(
  tx: Session,
  principal: Principal,
  { from, audit }: { readonly from: string; readonly audit: Audit },
): Promise<void> {
  const workflows = await tx.workflow.findMany({ where: { ownerId: from } });
  for (const { id } of workflows) {
    await tx.workflow.updateMany({
      where: { id },
      data: { ownerId: principal.userId, updatedAt: new Date() },
    });
    await audit.record(tx, principal, { action: 'workflow.handed_over', targetId: id });
  }
}
