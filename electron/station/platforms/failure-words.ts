import { FingerprintMismatch } from './certificate.ts';

/** What system calls and TLS say when there is no connection, for people. */

const NETWORK: Readonly<Record<string, string>> = {
  ENOTFOUND: '域名不存在，或本机没有可用的 DNS',
  EAI_AGAIN: 'DNS 没有应答，请检查本机网络',
  ECONNREFUSED: '对方拒绝连接：地址对，但该端口没有服务',
  EHOSTUNREACH: '到不了这台主机，请检查网络和网关',
  ENETUNREACH: '本机没有到该网络的路由',
  ETIMEDOUT: '连接超时，可能被防火墙拦截',
  ECONNRESET: '连接被对方断开',
};

const CERTIFICATE: Readonly<Record<string, string>> = {
  CERT_FINGERPRINT_MISMATCH: '证书指纹不符，没有发送',
  CERT_HAS_EXPIRED: '对方证书已过期',
  CERT_NOT_YET_VALID: '对方证书尚未生效，请核对本机日期',
  CERT_REVOKED: '对方证书已被吊销',
  DEPTH_ZERO_SELF_SIGNED_CERT: '对方使用自签证书，请在设置里指定 CA 证书文件',
  SELF_SIGNED_CERT_IN_CHAIN: '对方证书链里有自签证书，请在设置里指定 CA 证书文件',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: '对方证书无法验证，请在设置里指定 CA 证书文件',
  UNABLE_TO_GET_ISSUER_CERT: '对方证书的签发者不受信任，请在设置里指定 CA 证书文件',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: '对方证书的签发者不受信任，请在设置里指定 CA 证书文件',
  CERT_SIGNATURE_FAILURE: '对方证书的签名不对，不是所指定的 CA 签发的',
  ERR_TLS_CERT_ALTNAME_INVALID: '证书与域名不符',
  ERR_SSL_WRONG_VERSION_NUMBER: '对方该端口不是 HTTPS',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: '对方该端口不是 HTTPS',
};

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Why a certificate was refused; undefined for whatever is not about one. */
export function certificateWords(error: unknown): string | undefined {
  const code = codeOf(error);
  const words = CERTIFICATE[code];
  if (words === undefined) return undefined;
  // A manager compares what was met with what was asked for.
  return error instanceof FingerprintMismatch ? `${words}（${error.message}）` : `${words}（${code}）`;
}

/** Why there is no connection; undefined where nobody has words for it. */
export function connectionWords(error: unknown): string | undefined {
  const code = codeOf(error);
  const words = NETWORK[code];
  return words === undefined ? certificateWords(error) : `${words}（${code}）`;
}
