import { UNREAD_PLATE } from '../../../../../shared/domain/plate.ts';
import { crossingSchema, crossingWire } from '../crossing.ts';
import { up } from '../define.ts';
import { plateFields, uuidOf } from '../fields.ts';

/**
 * A car came onto the safety loop (防砸地感): it crosses. Under the uuid of what the platform was told of it; of a car that it was told
 * nothing of there is a new one, and no plate.
 */
export const receiveCrossGate = up({
  name: 'receiveCrossGate',
  title: '接收车辆过闸信息',
  section: '万科提供接口 / 接收车辆过闸信息',
  schema: crossingSchema,
  sample: {
    uuid: '6f1c2d3e4b5a69788796a5b4c3d2e1f0',
    laneId: 'in1',
    direction: 'in',
    at: 1_503_047_655_000,
    plateNumber: '粤B12345',
    color: 'blue',
  },
  from: {
    'gate-crossed': ({ body, laneId, passageId, seq, at }) => {
      if (body.platform !== 'vanke' || laneId === null) return undefined;
      const { asked, direction } = body;
      const told = passageId !== null && asked !== null;
      const uuid = told ? uuidOf(passageId, asked) : uuidOf(`${laneId}|${at}|${seq}`, UNREAD_PLATE);
      return {
        recordId: 'crossing',
        key: uuid,
        body: { uuid, laneId, direction: direction ?? null, at, ...plateFields(told ? asked : UNREAD_PLATE) },
      };
    },
  },
  wire: (body, context) => crossingWire(body, context),
});
