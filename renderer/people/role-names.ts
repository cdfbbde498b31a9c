import type { Role } from '../../shared/schema/person';

/** Roles for people, with what they are for. */
export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  labeller: 'Labeller',
  reviewer: 'Reviewer',
  lead: 'Lead',
  admin: 'Admin',
};

export const ROLE_DUTIES: Readonly<Record<Role, string>> = {
  labeller: 'draws labels and hands them in',
  reviewer: 'judges what was handed in, and corrects it',
  lead: 'sets projects up, assigns, publishes and exports',
  admin: 'a lead who also looks after profiles',
};
