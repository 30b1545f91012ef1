import { type AccessRules, accessRulesSchema, DEFAULT_ACCESS } from '../../../shared/domain/people.ts';
import { ACCESS_KEY } from '../store/apply.ts';
import type { Repositories } from '../store/repositories.ts';

/** Where the digest of the password lies that leaving the program asks for. */
export const EXIT_PASSWORD_KEY = 'exit-password';

/** The rules by which people come and go here, as they stand now. */
export function accessRules(read: Pick<Repositories, 'meta'>): AccessRules {
  const set = read.meta.get(ACCESS_KEY);
  return set === undefined ? DEFAULT_ACCESS : accessRulesSchema.parse(JSON.parse(set));
}
