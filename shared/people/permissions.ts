import { appError } from '../result/app-error';
import { err, ok, type Result } from '../result/result';
import { ROLES, type Role, type Session } from '../schema/person';

const everyone: readonly Role[] = ROLES;
const reviewers: readonly Role[] = ['reviewer', 'lead', 'admin'];
const leads: readonly Role[] = ['lead', 'admin'];
const admins: readonly Role[] = ['admin'];

/**
 * Who may do what: the one table. It is asked where a deed is applied (the repositories of the window, the channels of
 * the main process), never by a view alone; a view asks it only to say beforehand what would be refused.
 */
export const PERMISSIONS = {
  'annotation.edit': everyone,
  /** Pictures that wait for review or are accepted: what was handed in stays as it is until it is given back. */
  'annotation.editSubmitted': reviewers,
  /** Of the pictures in it, those that were handed in are refused one by one. */
  'annotation.editMany': everyone,
  'schema.edit': leads,
  'project.create': leads,
  'project.change': leads,
  'project.delete': leads,
  'image.add': leads,
  'labels.import': leads,
  'review.submit': everyone,
  'review.comment': everyone,
  'review.judge': reviewers,
  'review.markDefect': reviewers,
  'review.propose': reviewers,
  'review.decideProposal': everyone,
  'review.assign': leads,
  'review.reopen': reviewers,
  'review.setUp': leads,
  'quality.seeEveryone': reviewers,
  'quality.editGroundTruth': leads,
  'quality.mergeConsensus': leads,
  'finding.waive': reviewers,
  'version.publish': leads,
  'version.export': leads,
  'bundle.save': leads,
  'bundle.open': leads,
  'backup.restore': leads,
  'package.issue': leads,
  'package.merge': leads,
  'audit.export': leads,
  'people.manage': admins,
} as const satisfies Record<string, readonly Role[]>;

export type Deed = keyof typeof PERMISSIONS;

export function isPermitted(role: Role, deed: Deed): boolean {
  return PERMISSIONS[deed].includes(role);
}

/** Refuses with `people.not-permitted`, naming who may. */
export function permit(session: Session, deed: Deed): Result<null> {
  if (isPermitted(session.role, deed)) return ok(null);
  const allowed = PERMISSIONS[deed];
  return err(
    appError(
      'people.not-permitted',
      `${session.name} is signed in as ${session.role}, and this is for ${listed(allowed)}. Ask one of them, or sign in with another profile.`,
      { deed, role: session.role },
    ),
  );
}

function listed(roles: readonly Role[]): string {
  const [last, ...others] = [...roles].reverse();
  return others.length === 0 ? `${last}s` : `${others.reverse().join('s, ')}s and ${last}s`;
}
