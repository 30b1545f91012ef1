import type { Cancel } from '../../runtime/ports.ts';
import { SHENZHEN, type ShenzhenContext } from './context.ts';
import { isBerthCode } from './records.ts';

const SHOWN = 5;

/** Berths whose code no record can carry are told to people once, as long as there are any. */
export function watchBerthCodes({ settings, station, commands }: ShenzhenContext): Cancel {
  if (settings.wire.berthCodes === 'any') return () => undefined;
  let said = '';
  const look = (): void => {
    const odd = station()
      .read.berths.all()
      .filter(({ code }) => !isBerthCode(code));
    const codes = odd.slice(0, SHOWN).map(({ code }) => code);
    const detail =
      odd.length === 0
        ? ''
        : `${odd.length} 个泊位的编号不是 14 位（${codes.join('、')}${odd.length > SHOWN ? '……' : ''}），停车记录的 berthCode 将为空`;
    if (detail === said) return;
    said = detail;
    const alarm = { code: 'shenzhen-berth-codes', subject: SHENZHEN.name, severity: 'warning', detail } as const;
    commands.alarm(detail === '' ? { ...alarm, cleared: true } : alarm);
  };
  look();
  return station().onCommitted((events) => {
    if (events.some(({ kind }) => kind === 'berth-changed')) look();
  });
}
