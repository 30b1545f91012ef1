import { readFileSync } from 'node:fs';
import type { TLSSocket } from 'node:tls';
import { shanghaiDate } from '../../../shared/domain/time.ts';
import { ConfigError, errorText } from '../runtime/errors.ts';

/** `setting`: where the path stands below `platforms`. @throws ConfigError when the file cannot be read. */
export function readCertificate(path: string | undefined, setting: string): string | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError([`platforms.${setting}: ${errorText(error)}`]);
  }
}

/** How the certificate of a server is proved: by authorities, or by being this very one. */
export interface Trust {
  /** PEM of the authorities to trust instead of the usual ones. */
  readonly ca?: string | undefined;
  /**
   * SHA-256 of the one server certificate that is accepted, as hex digits, with colons or without. No authority is asked then, and
   * neither name nor date is looked at: such a certificate may vouch for itself, and holds until somebody changes the setting.
   */
  readonly fingerprint?: string | undefined;
}

/** What a server showed. */
export interface MetCertificate {
  /** SHA-256 in the usual spelling: upper case, with colons. */
  readonly fingerprint: string;
  /** Its last day, Asia/Shanghai; absent where it names none that can be read. */
  readonly until: string | undefined;
}

/** A certificate that is not the one that was asked for. */
export class FingerprintMismatch extends Error {
  override readonly name = 'FingerprintMismatch';
  readonly code = 'CERT_FINGERPRINT_MISMATCH';
}

/** The leaf that the other side of a finished handshake has; undefined when it has none. */
export function metCertificate(socket: TLSSocket): MetCertificate | undefined {
  const { fingerprint256, valid_to } = socket.getPeerCertificate();
  // The types do not know it: without a certificate the object is empty.
  if (typeof fingerprint256 !== 'string') return undefined;
  const end = Date.parse(valid_to);
  return { fingerprint: fingerprint256, until: Number.isNaN(end) ? undefined : shanghaiDate(end) };
}

const bare = (fingerprint: string): string => fingerprint.replaceAll(':', '').toLowerCase();

/** @returns why a server with this certificate must not be spoken to; undefined when it is the one. */
export function mismatch(met: MetCertificate | undefined, fingerprint: string): FingerprintMismatch | undefined {
  if (met !== undefined && bare(met.fingerprint) === bare(fingerprint)) return undefined;
  return new FingerprintMismatch(met === undefined ? '对方没有证书' : `对方的是 ${met.fingerprint}`);
}
