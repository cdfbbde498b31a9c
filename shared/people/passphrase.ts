import { appError } from '../result/app-error';
import { err, ok, type Result } from '../result/result';

/** NIST SP 800-63B, 5.1.1.2: a secret that a person chooses has at least 8 characters, counted as code points. */
export const SHORTEST_PASSPHRASE = 8;
/** Far more than the 64 that NIST asks to allow, and a bound on what is hashed. */
export const LONGEST_PASSPHRASE = 256;

/**
 * Passphrases of eight and more characters that stand high in every published list of leaked ones, and our own name: the
 * first that anybody tries (NIST asks to refuse such). Compared without regard to case.
 */
const MOST_COMMON: ReadonlySet<string> = new Set([
  '123456789',
  '12345678',
  '1234567890',
  '987654321',
  '123123123',
  '147258369',
  '1q2w3e4r',
  '1q2w3e4r5t',
  '1qaz2wsx',
  'abcd1234',
  'asdfghjkl',
  'baseball',
  'charlie1',
  'computer',
  'football',
  'iloveyou',
  'letmein1',
  'liverpool',
  'michelle',
  'password',
  'password1',
  'password12',
  'password123',
  'passw0rd',
  'princess',
  'qwerty123',
  'qwertyui',
  'qwertyuiop',
  'sunshine',
  'superman',
  'trustno1',
  'zaq12wsx',
  'groundmark',
]);

/**
 * The form in which a passphrase is hashed: NFKC, so that it can be typed on another keyboard (NIST SP 800-63B,
 * 5.1.1.2). Spaces and case count.
 */
export function normalisedPassphrase(passphrase: string): string {
  return passphrase.normalize('NFKC');
}

/** Refuses with `people.weak-passphrase`, saying what would be better; never repeats the passphrase. */
export function checkPassphrase(passphrase: string, name: string): Result<null> {
  const normalised = normalisedPassphrase(passphrase);
  const length = [...normalised].length;
  const weak = (why: string) => err(appError('people.weak-passphrase', why, {}));
  if (length < SHORTEST_PASSPHRASE) {
    return weak(`Take at least ${SHORTEST_PASSPHRASE} characters; several words are easy to remember.`);
  }
  if (length > LONGEST_PASSPHRASE) return weak(`Take at most ${LONGEST_PASSPHRASE} characters.`);
  const folded = normalised.toLowerCase().trim();
  if (folded === name.normalize('NFKC').toLowerCase().trim()) {
    return weak('The name is the first thing that somebody would try. Take other words.');
  }
  if (new Set(folded).size < 3) return weak('One or two characters over and over are quickly guessed.');
  if (MOST_COMMON.has(folded)) return weak('This is among the most common passphrases. Take other words.');
  return ok(null);
}
