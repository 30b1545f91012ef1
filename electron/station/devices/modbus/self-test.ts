import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import { bitsOf, exceptionText } from './messages.ts';
import type { InputSettings } from './settings.ts';
import type { Asked } from './talk.ts';

interface Look {
  readonly place: string;
  readonly isUp: boolean;
  /** Why the line is not open. */
  readonly why: string;
  readonly hearsItself: () => boolean;
  readonly readInputs: () => Promise<Asked>;
  /** Null: it moves no arm, and its relays are nobody's business. */
  readonly readCoils: (() => Promise<Asked>) | null;
  readonly inputs: readonly InputSettings[];
  readonly monotonic: () => number;
}

/** Reads what can be read. No relay moves. */
export async function selfTest(look: Look): Promise<readonly SelfTestStep[]> {
  const { place, isUp, why } = look;
  if (!isUp)
    return [
      {
        ...{ step: 'connection', result: 'failed', detail: `没有连上 ${place}：${why}`, tookMs: null },
        said: { code: 'not-connected', figures: { address: place, reason: why } },
      },
    ];
  const since = look.monotonic();
  const inputs = await look.readInputs();
  const tookMs = look.monotonic() - since;
  const coils = (await look.readCoils?.()) ?? null;
  return [
    connection(look),
    commands(coils ? [inputs, coils] : [inputs], tookMs),
    ...(look.inputs.length > 0 ? [lamps(look, inputs)] : []),
    ...(coils ? [relay(coils)] : []),
  ];
}

function connection({ place, hearsItself }: Look): SelfTestStep {
  if (hearsItself())
    return {
      ...{ step: 'connection', result: 'warning', tookMs: null },
      detail: `已连接 ${place}；转换器会收到自己发出的字节，请检查 485 转换器的收发切换`,
    };
  return {
    ...{ step: 'connection', result: 'ok', detail: `已连接 ${place}`, tookMs: null },
    said: { code: 'connected', figures: { address: place } },
  };
}

/** An exception is an answer, too. */
const isAnswer = ({ kind }: Asked): boolean => kind === 'answer' || kind === 'exception';

function commands(asked: readonly Asked[], tookMs: number): SelfTestStep {
  if (!asked.some(isAnswer)) return unanswered(asked.some((each) => each.kind === 'silent' && each.garbled));
  const ms = Math.round(tookMs);
  return {
    ...{ step: 'commands', result: 'ok', detail: `${ms} 毫秒内应答`, tookMs },
    said: { code: 'answered', figures: { ms } },
  };
}

const unanswered = (garbled: boolean): SelfTestStep => ({
  ...{ step: 'commands', result: 'failed', tookMs: null },
  ...(garbled
    ? { detail: '收到无法识别的字节，请核对波特率和校验', said: { code: 'garbled', figures: {} } }
    : { detail: '什么也没有收到，请核对接线和地址', said: { code: 'nothing-came', figures: {} } }),
});

function lamps({ inputs }: Look, asked: Asked): SelfTestStep {
  if (asked.kind === 'exception')
    return { step: 'inputs', result: 'failed', detail: `读不到输入口：${exceptionText(asked.code)}`, tookMs: null };
  if (asked.kind !== 'answer')
    return { step: 'inputs', result: 'failed', detail: `读不到输入口：${asked.detail}`, tookMs: null };
  const bits = bitsOf(asked.pdu, (asked.pdu.length - 2) * 8);
  const on = inputs.filter(({ input, inverted }) => (bits[input] ?? false) !== inverted).map(({ role }) => role);
  if (inputs.every(({ input }) => bits[input] !== true) && on.length === 0)
    return {
      ...{ step: 'inputs', result: 'ok', detail: '输入口已读到：全部断开', tookMs: null },
      said: { code: 'inputs-open', figures: {} },
    };
  // Closed are those alone that are so while nothing is there.
  const said = on.length === 0 ? '—' : on.join(', ');
  return {
    ...{ step: 'inputs', result: 'ok', detail: `输入口已读到：${said}`, tookMs: null },
    said: { code: 'inputs-read', figures: { inputs: said } },
  };
}

function relay(asked: Asked): SelfTestStep {
  if (asked.kind === 'answer')
    return {
      ...{ step: 'relay', result: 'ok', detail: '继电器状态已读到，未动作', tookMs: null },
      said: { code: 'relays-read', figures: {} },
    };
  return {
    ...{ step: 'relay', result: 'skipped', tookMs: null },
    detail: '该协议不能在不动闸杆的情况下检查继电器，请用开闸测试确认',
    said: { code: 'relay-unseen', figures: {} },
  };
}
