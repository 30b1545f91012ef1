import { z } from 'zod';
import { down } from '../define.ts';
import { formGate, formVpl } from '../down-fields.ts';
import { letInBy } from '../no-plate.ts';

/** Outside the codes of 4.5: a car without a plate stands there, and the rules of the car park do not let it in. */
const NOT_LET_IN = 403;

/** A driver whose car has no plate scans the code of an entry: the bank offers a virtual plate, and waits for the arm. */
export const NoVpln = down({
  name: 'NoVpln',
  title: '无牌车',
  section: '4.5',
  schema: z.looseObject({ vpl_number: formVpl, in_code: formGate }),
  sample: { vpl_number: '无A20190307000001', in_code: '3' },
  handle: ({ vpl_number: vpl, in_code: entry }, _call, context) => {
    const done = letInBy(vpl, entry, context);
    switch (done.kind) {
      case 'opened':
        return { status: 0, message: 'success', data: { vpl_number: done.plate } };
      case 'plated':
        return { status: 1, message: '入口识别到有牌车' };
      case 'nobody':
        return { status: 2, message: '入口无车' };
      case 'refused':
        return { status: NOT_LET_IN, message: done.reason };
    }
  },
});
