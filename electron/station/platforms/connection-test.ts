import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import type { TestStep } from '../../../shared/domain/connection-test.ts';
import { errorText } from '../runtime/errors.ts';
import type { Clock } from '../runtime/ports.ts';
import { metCertificate, mismatch, type Trust } from './certificate.ts';
import { connectionWords } from './failure-words.ts';

type StepName = TestStep['step'];
type Line = TestStep['line'];

/** Why a step failed, in words for the screen. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
  /** The step that is to blame, when a later one found out. */
  readonly step: StepName | undefined;
  constructor(detail: string, step?: StepName) {
    super(detail);
    this.step = step;
  }
}

/** The steps of one line, in order. The first that fails ends it; the rest is skipped. */
export class StepByStep {
  readonly #line: Line;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #names: readonly StepName[];
  readonly #done: TestStep[] = [];
  #failed = false;

  constructor(line: Line, names: readonly StepName[], deps: { readonly clock: Clock; readonly signal: AbortSignal }) {
    this.#line = line;
    this.#names = names;
    this.#clock = deps.clock;
    this.#signal = deps.signal;
  }

  /** Runs `work` unless a step before it failed. Its text is shown with the step. */
  async take<T extends { readonly detail: string }>(step: StepName, work: () => Promise<T>): Promise<T | undefined> {
    if (this.#failed) return undefined;
    const began = this.#clock.monotonic();
    const note = (name: StepName, outcome: TestStep['outcome'], detail: string): void => {
      const ms = Math.round(this.#clock.monotonic() - began);
      this.#done.push({ step: name, line: this.#line, outcome, detail: detail.slice(0, 300), ms });
    };
    try {
      const result = await within(work(), this.#signal);
      note(step, 'ok', result.detail);
      return result;
    } catch (error) {
      this.#failed = true;
      const blamed = error instanceof StepFailed ? (error.step ?? step) : step;
      note(blamed, 'failed', errorText(error));
      return undefined;
    }
  }

  /** There is nothing to be tried, and why; says nothing where a step before it failed. */
  skip(step: StepName, detail: string): void {
    if (!this.#failed) this.#done.push({ step, line: this.#line, outcome: 'skipped', detail, ms: 0 });
  }

  /** All steps in their order, those that were not reached as skipped. */
  steps(): TestStep[] {
    return this.#names.map(
      (step) =>
        this.#done.find((done) => done.step === step) ?? {
          ...{ step, line: this.#line, outcome: 'skipped' as const, detail: '', ms: 0 },
        },
    );
  }
}

async function within<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const over = Promise.withResolvers<never>();
  const abort = (): void => over.reject(new StepFailed('规定时间内没有应答'));
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, over.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
    over.promise.catch(() => undefined);
  }
}

/** Where a URL leads, with the port that its scheme stands for. */
export function endpointOf(text: string): { readonly host: string; readonly port: number; readonly tls: boolean } {
  const url = new URL(text);
  const usual: Readonly<Record<string, number>> = {
    'http:': 80,
    'https:': 443,
    'mqtt:': 1883,
    'mqtts:': 8883,
    'ws:': 80,
    'wss:': 443,
  };
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (usual[url.protocol] ?? 0) : Number(url.port),
    tls: ['https:', 'mqtts:', 'wss:'].includes(url.protocol),
  };
}

/** The steps of an HTTP line up to where the talking would begin. `plain`: what is said where its address has no TLS. */
export async function reachesUplink(
  steps: StepByStep,
  line: { readonly baseUrl: string; readonly ca: () => string | undefined; readonly plain: string },
  signal: AbortSignal,
): Promise<void> {
  const at = endpointOf(line.baseUrl);
  await steps.take('address', () => resolves(at.host));
  await steps.take('tcp', () => connects(at, signal));
  if (at.tls) await steps.take('tls', async () => connects(at, signal, { ca: line.ca() }));
  else steps.skip('tls', line.plain);
}

const told = (error: unknown): StepFailed => new StepFailed(connectionWords(error) ?? errorText(error));

/** The name has an address. */
export async function resolves(host: string): Promise<{ readonly detail: string }> {
  try {
    const found = await lookup(host, { all: true });
    return { detail: found.map(({ address }) => address).join(', ') };
  } catch (error) {
    throw told(error);
  }
}

interface At {
  readonly host: string;
  readonly port: number;
}

/** Somebody listens there; with `tls`, speaks TLS and has a certificate that we trust. The detail then says which was met. */
export async function connects(at: At, signal: AbortSignal, tls?: Trust): Promise<{ readonly detail: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const secure = tls && connectTls({ ...at, ...secureOptions(at.host, tls) }, resolve);
  const socket: Socket = secure ?? connectTcp(at, resolve);
  const abort = (): void => void socket.destroy(new Error('timeout'));
  socket.once('error', reject);
  signal.addEventListener('abort', abort, { once: true });
  try {
    await promise;
    return { detail: secure ? judge(secure, tls) : `${at.host}:${at.port}` };
  } catch (error) {
    throw error instanceof StepFailed ? error : told(error);
  } finally {
    signal.removeEventListener('abort', abort);
    socket.on('error', () => undefined);
    socket.destroy();
  }
}

const secureOptions = (host: string, { ca }: Trust): ConnectionOptions => ({
  // An address is no name to ask for.
  ...(isIP(host) === 0 ? { servername: host } : {}),
  ...(ca === undefined ? {} : { ca }),
  // Judged afterwards, so that a certificate that is refused can be shown. Nothing is sent on this connection.
  rejectUnauthorized: false,
});

/** @throws StepFailed with why it is refused, and what it was */
function judge(socket: TLSSocket, { fingerprint }: Trust): string {
  const met = metCertificate(socket);
  const shown = met ? `对方证书有效至 ${met.until ?? '未知日期'}，SHA-256 指纹 ${met.fingerprint}` : '对方没有证书';
  const pinned = fingerprint !== undefined;
  const refused = pinned ? mismatch(met, fingerprint) : socket.authorizationError;
  if (!refused && (pinned || socket.authorized)) return shown;
  // The types have it an error; what comes is its code.
  const error =
    refused instanceof Error ? refused : Object.assign(new Error(String(refused)), { code: String(refused) });
  throw new StepFailed(pinned ? `证书指纹不符：${shown}` : `${told(error).message}；${shown}`);
}
