import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { type EpochMs, shanghaiDateTime } from '../../../shared/domain/time.ts';
import type { TlsFiles } from '../platforms/platform.ts';
import { errorText } from '../runtime/errors.ts';

/** PEM texts that belong together. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** What stands in the files. The same `digest`: the same contents. */
export type Found =
  | { readonly kind: 'usable'; readonly digest: string; readonly pair: KeyPair; readonly until: EpochMs }
  | { readonly kind: 'unusable'; readonly digest: string; readonly reason: string };

/** A chain has a few kilobytes; what is larger was chosen by mistake. */
const MAX_BYTES = 1024 * 1024;

/** Why a file cannot be used, in words for the manager who chose it. */
class Unusable extends Error {}

/** Reads and proves both files. Never rejects; nothing of the key is ever in a reason. */
export async function findCertificate(files: TlsFiles, now: EpochMs): Promise<Found> {
  let digest = '';
  try {
    const cert = await read(files.certFile, '证书文件');
    const key = await read(files.keyFile, '私钥文件');
    digest = createHash('sha256').update(`${cert}\n\n${key}`).digest('hex');
    return { kind: 'usable', digest, pair: { cert, key }, until: proveThat(cert, key, now) };
  } catch (error) {
    return { kind: 'unusable', digest, reason: error instanceof Unusable ? error.message : '证书或私钥不能使用' };
  }
}

const FILE_WORDS: Readonly<Record<string, string>> = {
  ENOENT: '没有这个文件',
  ENOTDIR: '没有这个文件',
  EACCES: '没有读取权限',
  EPERM: '没有读取权限',
};

async function read(path: string, what: string): Promise<string> {
  try {
    const about = await stat(path);
    if (!about.isFile() || about.size > MAX_BYTES) throw new Unusable(`${what}不是 PEM 文件：${path}`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Unusable) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new Unusable(`${what}读不到：${path}（${FILE_WORDS[code] ?? code}）`);
  }
}

/** @returns when the certificate ends @throws Unusable */
function proveThat(cert: string, key: string, now: EpochMs): EpochMs {
  // The first one of a chain is our own, as servers everywhere have it.
  const leaf = parsed(() => new X509Certificate(cert), '证书文件里没有 PEM 证书');
  const secret = parsed(() => createPrivateKey(key), '私钥文件里没有 PEM 私钥，或私钥设了密码');
  if (!leaf.checkPrivateKey(secret)) throw new Unusable('私钥与证书不是一对');
  const [from, until] = [Date.parse(leaf.validFrom), Date.parse(leaf.validTo)];
  if (now > until) throw new Unusable(`证书已于 ${shanghaiDateTime(until)} 到期`);
  if (now < from) throw new Unusable(`证书从 ${shanghaiDateTime(from)} 起才有效，请核对本机日期`);
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    throw new Unusable(`证书不能用于 HTTPS：${errorText(error)}`);
  }
  return until;
}

function parsed<T>(parse: () => T, fault: string): T {
  try {
    return parse();
  } catch {
    throw new Unusable(fault);
  }
}
