import { lookup } from 'node:dns/promises';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { TestStep } from '../../../shared/domain/connection-test.ts';
import { errorText } from '../runtime/errors.ts';
import type { Clock } from '../runtime/ports.ts';

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

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: '域名不存在，或本机没有可用的 DNS',
  EAI_AGAIN: 'DNS 没有应答，请检查本机网络',
  ECONNREFUSED: '对方拒绝连接：地址对，但该端口没有服务',
  EHOSTUNREACH: '到不了这台主机，请检查网络和网关',
  ENETUNREACH: '本机没有到该网络的路由',
  ETIMEDOUT: '连接超时，可能被防火墙拦截',
  ECONNRESET: '连接被对方断开',
  CERT_HAS_EXPIRED: '对方证书已过期',
  DEPTH_ZERO_SELF_SIGNED_CERT: '对方使用自签证书，请在设置里指定 CA 证书文件',
  SELF_SIGNED_CERT_IN_CHAIN: '对方证书链里有自签证书，请在设置里指定 CA 证书文件',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: '对方证书无法验证，请在设置里指定 CA 证书文件',
  ERR_TLS_CERT_ALTNAME_INVALID: '证书与域名不符',
};

function told(error: unknown): StepFailed {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const reason = REASONS[code];
  return new StepFailed(reason === undefined ? errorText(error) : `${reason}（${code}）`);
}

/** The name has an address. */
export async function resolves(host: string): Promise<{ readonly detail: string }> {
  try {
    const found = await lookup(host, { all: true });
    return { detail: found.map(({ address }) => address).join(', ') };
  } catch (error) {
    throw told(error);
  }
}

/** Somebody listens there; with `tls`, speaks TLS and has a certificate that we trust. */
export async function connects(
  at: { readonly host: string; readonly port: number },
  signal: AbortSignal,
  tls?: { readonly ca: string | undefined },
): Promise<{ readonly detail: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket: Socket = tls
    ? connectTls({ ...at, servername: at.host, ...(tls.ca === undefined ? {} : { ca: tls.ca }) }, resolve)
    : connectTcp(at, resolve);
  const abort = (): void => void socket.destroy(new Error('timeout'));
  socket.once('error', reject);
  signal.addEventListener('abort', abort, { once: true });
  try {
    await promise;
    return { detail: `${at.host}:${at.port}` };
  } catch (error) {
    throw told(error);
  } finally {
    signal.removeEventListener('abort', abort);
    socket.on('error', () => undefined);
    socket.destroy();
  }
}
