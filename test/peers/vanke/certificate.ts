import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import forge from 'node-forge';

/** A certificate with its key, as servers want them and as a car park is told of it. */
export interface TestCertificate {
  /** PEM. */
  readonly key: string;
  /** PEM; only the certificate itself, never its issuer. */
  readonly cert: string;
  /** SHA-256 of the certificate, 64 lower-case hex digits. */
  readonly fingerprint: string;
}

export interface CertificateOptions {
  /** Names and addresses it is for; `127.0.0.1` and `localhost` by default. */
  readonly names?: readonly string[];
  /** Ran out yesterday. */
  readonly expired?: boolean;
  /** Begins tomorrow. */
  readonly early?: boolean;
  /** A key of its own. Otherwise all certificates share one: making keys takes time. */
  readonly ownKey?: boolean;
}

const DAY_MS = 86_400_000;
const ADDRESS = /^[\d.]+$|:/;

interface KeyPair {
  readonly key: string;
  readonly privateKey: forge.pki.rsa.PrivateKey;
  readonly publicKey: forge.pki.rsa.PublicKey;
}

function newKeys(): KeyPair {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return {
    key: pair.privateKey,
    privateKey: forge.pki.privateKeyFromPem(pair.privateKey),
    publicKey: forge.pki.publicKeyFromPem(pair.publicKey),
  };
}

let shared: KeyPair | undefined;
let serial = Date.now();

function sharedKeys(): KeyPair {
  shared ??= newKeys();
  return shared;
}

type Extensions = Parameters<forge.pki.Certificate['setExtensions']>[0];

function write(
  subject: string,
  keys: KeyPair,
  issuer: { readonly name: string; readonly keys: KeyPair },
  extensions: Extensions,
  { expired = false, early = false }: CertificateOptions,
): TestCertificate {
  const certificate = forge.pki.createCertificate();
  const now = Date.now();
  serial += 1;
  certificate.publicKey = keys.publicKey;
  certificate.serialNumber = `01${serial.toString(16).padStart(14, '0')}`;
  certificate.validity.notBefore = new Date(now + (early ? DAY_MS : -30 * DAY_MS));
  certificate.validity.notAfter = new Date(now + (expired ? -DAY_MS : 30 * DAY_MS));
  certificate.setSubject([{ name: 'commonName', value: subject }]);
  certificate.setIssuer([{ name: 'commonName', value: issuer.name }]);
  certificate.setExtensions(extensions);
  certificate.sign(issuer.keys.privateKey, forge.md.sha256.create());
  const cert = forge.pki.certificateToPem(certificate);
  const fingerprint = new X509Certificate(cert).fingerprint256.replaceAll(':', '').toLowerCase();
  return { key: keys.key, cert, fingerprint };
}

function serverExtensions(names: readonly string[]): Extensions {
  const altNames = names.map((name) => (ADDRESS.test(name) ? { type: 7, ip: name } : { type: 2, value: name }));
  return [
    { name: 'basicConstraints', cA: false },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames },
  ];
}

const HERE: readonly string[] = ['127.0.0.1', 'localhost'];

/** A certificate that vouches for itself. */
export function testCertificate(options: CertificateOptions = {}): TestCertificate {
  const { names = HERE } = options;
  const keys = options.ownKey ? newKeys() : sharedKeys();
  const [name = ''] = names;
  return write(name, keys, { name, keys }, serverExtensions(names), options);
}

/** Somebody who vouches for certificates: whoever trusts `cert` believes what `issue` makes. */
export class TestAuthority {
  /** PEM: what goes into a CA file. */
  readonly cert: string;
  readonly fingerprint: string;
  readonly #name: string;
  readonly #keys = newKeys();

  constructor(name = 'Test Root') {
    this.#name = name;
    const own = write(
      ...([name, this.#keys, { name, keys: this.#keys }] as const),
      [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      ],
      {},
    );
    this.cert = own.cert;
    this.fingerprint = own.fingerprint;
  }

  issue(options: CertificateOptions = {}): TestCertificate {
    const { names = HERE } = options;
    const keys = options.ownKey ? newKeys() : sharedKeys();
    return write(names[0] ?? '', keys, { name: this.#name, keys: this.#keys }, serverExtensions(names), options);
  }
}
