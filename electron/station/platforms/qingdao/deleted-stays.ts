import { z } from 'zod';
import type { Delivery, OutboundMessage } from '../platform.ts';
import type { QingdaoContext } from './context.ts';
import { DELETE, uploadModifyCarInData } from './messages/uploadModifyCarInData.ts';
import { PHOTOS } from './records.ts';
import { VIA } from './settle.ts';

const DELIVERED = 1;

const ofStay = z.object({ uid: z.string() });
const deletion = z.object({ operateType: z.literal(DELETE) });

/**
 * Photos leave when no record can, and so behind the deletion of their stay; a platform that deleted it knows no uid to which they
 * could belong. Those that have not left by then stay here, and the deletion waits for those that are on their way.
 */
export class DeletedStays {
  readonly #context: Pick<QingdaoContext, 'station'>;
  readonly #photos = new Map<string, Set<Promise<unknown>>>();

  constructor(context: Pick<QingdaoContext, 'station'>) {
    this.#context = context;
  }

  /** `work` sends the message. */
  async send({ message, body }: OutboundMessage, work: () => Promise<Delivery>): Promise<Delivery> {
    const uid = ofStay.safeParse(body).data?.uid;
    if (uid === undefined) return await work();
    if (message === PHOTOS.message) return this.#isDeleted(uid) ? notSent(body) : await this.#underWay(uid, work());
    if (message === uploadModifyCarInData.name && deletion.safeParse(body).success)
      await Promise.allSettled([...(this.#photos.get(uid) ?? [])]);
    return await work();
  }

  async #underWay(uid: string, sending: Promise<Delivery>): Promise<Delivery> {
    const photos = this.#photos.get(uid) ?? new Set();
    this.#photos.set(uid, photos.add(sending));
    try {
      return await sending;
    } finally {
      photos.delete(sending);
      if (photos.size === 0) this.#photos.delete(uid);
    }
  }

  /** A deletion that was refused, or that a person gave up, leaves the stay where it was. */
  #isDeleted(uid: string): boolean {
    return this.#context
      .station()
      .read.outbox.ofStay(uid)
      .some(
        (row) =>
          row.platform === VIA &&
          row.message === uploadModifyCarInData.name &&
          row.state <= DELIVERED &&
          deletion.safeParse(JSON.parse(row.body)).success,
      );
  }
}

const notSent = (body: unknown): Delivery => ({
  kind: 'delivered',
  trace: {
    request: PHOTOS.message,
    plain: JSON.stringify(body),
    answer: { status: '未上传', text: '停车记录已通知平台删除，照片不再上传' },
  },
});
