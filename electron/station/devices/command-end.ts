import type { CommandOutcome } from './device.ts';

/**
 * How a command over HTTP ended. `none`: it did not leave · `lost`: it left, and no whole answer came · `unsupported`: surely not carried
 * out, the model does not know it · `unclear`: an answer that does not tell.
 */
export interface CommandEnd {
  readonly verdict: 'done' | 'refused' | 'unsupported' | 'unclear' | 'none' | 'lost';
  readonly detail: string;
}

/** Nothing moved, surely. */
export const refused = (detail: string): CommandOutcome => ({ outcome: 'refused', detail });

export const CAR_UNDER_ARM = '防砸地感上有车，没有落杆';

/** By the code in an answer of 臻识 (`state_code`, `code`): 200 is good; null: there is none. */
export function outcomeOfCode(code: number | null): CommandOutcome {
  if (code === 200) return { outcome: 'done', detail: '相机已执行' };
  return code === null ? { outcome: 'unknown', detail: '相机的应答里没有结果' } : refused(`相机拒绝执行（${code}）`);
}

export function outcomeOf({ verdict, detail }: CommandEnd): CommandOutcome {
  switch (verdict) {
    case 'done':
      return { outcome: 'done', detail: '相机已执行' };
    case 'refused':
      return { outcome: 'refused', detail: `相机拒绝执行：${detail}` };
    case 'unsupported':
      return { outcome: 'refused', detail: `该型号不支持：${detail}` };
    case 'none':
      return { outcome: 'refused', detail: `指令没有发出：${detail}` };
    case 'lost':
      return { outcome: 'unknown', detail: `指令已发出，没有收到应答：${detail}` };
    case 'unclear':
      return { outcome: 'unknown', detail: `相机的应答看不懂：${detail}` };
  }
}
