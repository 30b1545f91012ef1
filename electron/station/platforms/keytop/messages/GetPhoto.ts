import { type KeytopContext, type KeytopReply, notDone, rows } from '../context.ts';
import { down, parameters } from '../define.ts';
import { deviceOfLane } from '../down-fields.ts';
import { photoLink } from '../photo-links.ts';
import { laneOfDevice } from '../places.ts';

/** 相机拍照接口: takes a picture, and tells where it can be fetched. No car enters or leaves by it. */
export const GetPhoto = down({
  name: 'GetPhoto',
  title: '相机拍照',
  section: '下行（附录后）',
  schema: parameters(deviceOfLane),
  sample: { parkCode: '123', deviceCode: '300', deviceType: 0 },
  handle: async ({ deviceCode, deviceType }, { at }, context): Promise<KeytopReply> => {
    const found = laneOfDevice(deviceCode, deviceType, context);
    return 'refused' in found ? notDone(found.refused) : photograph(found.lane.id, at, context);
  },
});

async function photograph(laneId: string, at: number, context: KeytopContext): Promise<KeytopReply> {
  const { settings, station } = context;
  const taken = await station().devices.photograph(laneId, settings.gate.photoMs);
  if ('why' in taken) return notDone(`没有拍到照片：${taken.why}`);
  return rows([{ imageUrl: photoLink(taken.photoId, at, context) }]);
}
