import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import forge from 'node-forge';

/** A server's certificate with its key, and by what it is pinned. */
export interface TestCertificate {
  /** PEM. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
  /** SHA-256, 64 lower-case hex digits. */
  readonly fingerprint: string;
}

interface Wanted {
  /** Names and addresses it is for; this machine's own unless told. */
  readonly names?: readonly string[];
  /** When it begins and ends, epoch ms; a month ago and in a year unless told. */
  readonly from?: number;
  readonly until?: number;
  /** With a key of its own; otherwise all share one, because making keys takes time. */
  readonly ownKey?: boolean;
}

const DAY_MS = 86_400_000;

interface Keys {
  readonly pem: string;
  readonly privateKey: forge.pki.rsa.PrivateKey;
  readonly publicKey: forge.pki.rsa.PublicKey;
}

function newKeys(): Keys {
  const made = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return {
    pem: made.privateKey,
    privateKey: forge.pki.privateKeyFromPem(made.privateKey),
    publicKey: forge.pki.publicKeyFromPem(made.publicKey),
  };
}

let common: Keys | undefined;
const commonKeys = (): Keys => {
  common ??= newKeys();
  return common;
};

let serial = 1;

function sign(
  about: { readonly subject: string; readonly keys: Keys; readonly extensions: readonly object[] },
  issuer: { readonly name: string; readonly keys: Keys },
  { from = Date.now() - 30 * DAY_MS, until = Date.now() + 365 * DAY_MS }: Wanted,
): TestCertificate {
  const certificate = forge.pki.createCertificate();
  serial += 1;
  certificate.publicKey = about.keys.publicKey;
  certificate.serialNumber = `01${serial.toString(16).padStart(8, '0')}`;
  certificate.validity.notBefore = new Date(from);
  certificate.validity.notAfter = new Date(until);
  certificate.setSubject([{ name: 'commonName', value: about.subject }]);
  certificate.setIssuer([{ name: 'commonName', value: issuer.name }]);
  certificate.setExtensions([...about.extensions]);
  certificate.sign(issuer.keys.privateKey, forge.md.sha256.create());
  const cert = forge.pki.certificateToPem(certificate);
  const fingerprint = new X509Certificate(cert).fingerprint256.replaceAll(':', '').toLowerCase();
  return { cert, key: about.keys.pem, fingerprint };
}

function server(wanted: Wanted, issuer?: { readonly name: string; readonly keys: Keys }): TestCertificate {
  const { names = ['localhost', '127.0.0.1', '::1'] } = wanted;
  const keys = wanted.ownKey ? newKeys() : commonKeys();
  const subject = names[0] ?? '';
  const altNames = names.map((name) => (/^[\d.]+$|:/.test(name) ? { type: 7, ip: name } : { type: 2, value: name }));
  const extensions = [
    { name: 'basicConstraints', cA: false },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames },
  ];
  return sign({ subject, keys, extensions }, issuer ?? { name: subject, keys }, wanted);
}

/** Vouches for itself. */
export const selfSigned = (wanted: Wanted = {}): TestCertificate => server(wanted);

/** Whoever trusts its `cert` believes what it issues. */
export class TestAuthority {
  /** PEM: what a CA file holds. */
  readonly cert: string;
  readonly #issuer: { readonly name: string; readonly keys: Keys };

  constructor(name = 'Gatehouse Test CA') {
    const keys = newKeys();
    this.#issuer = { name, keys };
    const extensions = [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ];
    this.cert = sign({ subject: name, keys, extensions }, this.#issuer, {}).cert;
  }

  issue(wanted: Wanted = {}): TestCertificate {
    return server(wanted, this.#issuer);
  }
}
