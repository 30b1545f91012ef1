/**
 * Errors are few and tell who must act. Anything else that is thrown is a defect of ours.
 */

/** The caller asked for something that the present state does not allow. Shown to the person who asked. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
  /** Machine-readable cause, e.g. `nothing-due`. */
  readonly reason: string;
  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** What was to be written down could not be read again by anybody: a defect of ours, found before it does harm. Nothing is written. */
export class UnfitError extends Error {
  override readonly name = 'UnfitError';
}

/** What was named does not exist. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError';
}

/** The configuration cannot be used; an installer must act. Every fault is named with its path. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`configuration refused:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** The database cannot be opened or must not be used; an installer must act. It is never replaced silently. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly kind: 'locked' | 'from-the-future' | 'damaged' | 'unwritable';
  constructor(kind: DatabaseError['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** The address that should be listened on is taken. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
}

/** Whether the database failed underneath: what was asked of it may work when it is asked again. */
export const isStoreFailure = (error: unknown): boolean => error instanceof Error && error.name === 'SqliteError';

/** The message of whatever was thrown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The platform answered, and did not tell its figures of a day: asking again at once is no use, and others may be asked about. */
export class NotTold extends Error {}
