import { BOOKED_CAR, cardTypeOfCode, TEMPORARY_CAR } from './codes.ts';
import { type KeytopContext, type KeytopReply, notDone, rows } from './context.ts';

/** What the specification leaves open, as the settings read it (`config-readings.ts`). */

type Needed = Pick<KeytopContext, 'settings'>;

interface Deduction {
  readonly densitymoney?: number | undefined;
  readonly deductmoney?: number | undefined;
}

/** What was deducted (2.2), or why nobody knows (G12). */
export function deductedFen(
  { densitymoney, deductmoney }: Deduction,
  { settings }: Needed,
): { readonly fen: number } | { readonly unknown: string } {
  const { deduction } = settings.readings;
  const told = { both: densitymoney ?? deductmoney, densityMoney: densitymoney, deductMoney: deductmoney };
  const fen = told[deduction];
  if (fen === undefined) return { unknown: '第三方应答没有扣款金额' };
  if (deduction === 'both' && deductmoney !== undefined && deductmoney !== fen)
    return { unknown: '第三方应答的两个扣款金额不一致' };
  return { fen };
}

/** A question about one thing that there is none of (G23). */
export const noneFound = (why: string, { settings }: Needed): KeytopReply =>
  settings.readings.notFound === 'empty' ? rows([]) : notDone(why);

/** The lists that a request of the third party may name codes of; those of commands are closed anyway. */
const LISTED = {
  carType: (code: number) => code === TEMPORARY_CAR || code === BOOKED_CAR || cardTypeOfCode(code) !== undefined,
  payType: (code: number) => code === 4 || code === 5,
  payMethod: (code: number) => code === 4 || code === 5,
} as const;

/** Why the request is refused, where codes that are in no list are (G25). */
export function unlisted(
  codes: { readonly [K in keyof typeof LISTED]?: number | undefined },
  { settings }: Needed,
): string | undefined {
  if (settings.readings.unlistedCodes === 'accepted') return undefined;
  for (const name of ['carType', 'payType', 'payMethod'] as const) {
    const code = codes[name];
    if (code !== undefined && !LISTED[name](code)) return `参数有误：${name}: 不在代码表中`;
  }
  return undefined;
}

/** Seconds of freeTime in 3.3 (G20). */
export const freeSeconds = (freeTime: number, { settings }: Needed): number =>
  settings.readings.freeTime === 'minutes' ? freeTime * 60 : freeTime;
