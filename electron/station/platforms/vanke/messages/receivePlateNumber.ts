import { up } from '../define.ts';
import { recognitionOf, recognitionSchema, recognitionWire } from '../recognition.ts';

/**
 * A plate, or a car whose plate could not be read. The question of a lane does not come through here (see `authority.ts`): it has the
 * same fields. Told from the journal is what needs no answer, and what was asked in vain.
 */
export const receivePlateNumber = up({
  name: 'receivePlateNumber',
  title: '接收车牌识别信息',
  section: '万科提供接口 / 接收车牌识别信息',
  schema: recognitionSchema,
  sample: {
    uuid: '6f1c2d3e4b5a69788796a5b4c3d2e1f0',
    laneId: 'in1',
    direction: 'in',
    at: 1_503_047_654_000,
    photoId: 'ph_1',
    plateNumber: '粤B12345',
    color: 'blue',
    reliability: 98,
    failed: false,
  },
  from: {
    'authority-told': ({ body, laneId, passageId }) => {
      if (body.platform !== 'vanke' || laneId === null || passageId === null) return undefined;
      const { why, plate, confidence, recognizedAt, photoId, direction } = body;
      const told = recognitionOf({
        ...{ passageId, laneId, direction, at: recognizedAt, plate, photoId, confidence },
        failed: why !== 'held',
      });
      // The key of its crossing, too: a recognition is told before it.
      return { recordId: 'recognition', key: told.uuid, body: told };
    },
  },
  wire: (body, context) => recognitionWire(body, context),
});
