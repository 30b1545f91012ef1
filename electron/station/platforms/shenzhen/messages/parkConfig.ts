import { carriedOut } from '../carried-out.ts';
import { done } from '../context.ts';
import { down, openTable } from '../define.ts';
import { parameterFields } from '../parameter-fields.ts';
import { setParameters } from '../parameters.ts';

/** What every request carries besides. */
const HEAD: ReadonlySet<string> = new Set(['accessKey', 'timestamp', 'signature', 'parkCode', 'parkId', 'noncestr']);

/**
 * Sets the parameters that are named; the others stay. Each one that came is told as applied or as ignored, those that the table does not
 * have among them. One of a wrong type refuses them all.
 */
export const parkConfig = down({
  name: 'parkConfig',
  title: '车场基本参数配置信息下发',
  section: '6.3.17',
  schema: openTable(parameterFields),
  sample: { selfServiceFreeMin: 15, alarmByDay: 7, parkingOvertimeAlarm: 72, chargeWinKey: 'F9' },
  handle: (sent, _call, context) =>
    carriedOut(() => {
      const applied: readonly string[] = setParameters(sent, context);
      const ignored = Object.keys(sent).filter((name) => !HEAD.has(name) && !applied.includes(name));
      return done({ applied, ignored });
    }),
});
