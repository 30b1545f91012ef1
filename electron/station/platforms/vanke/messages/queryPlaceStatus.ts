import { z } from 'zod';
import type { VankeContext, VankeReply } from '../context.ts';
import { down } from '../define.ts';
import { maybe, numberText, paging, placeStatus } from '../down-fields.ts';
import { type Paging, pageOf, sliceOf } from '../paging.ts';
import { entryImages } from '../place-images.ts';
import { type PlaceSeen, placesFor } from '../places.ts';

/** 查询车位状态信息: the spaces that belong to cars, in the order of the setting; nobody else's place is known. */
export const queryPlaceStatus = down({
  name: 'queryPlaceStatus',
  title: '查询车位状态信息',
  section: '供应商提供接口 / 查询车位状态信息',
  schema: z.looseObject({ ...paging, placeStatus: maybe(placeStatus), placeNo: maybe(numberText) }),
  sample: { pageSize: 10, currentPage: 1, placeStatus: 'occupy' },
  handle: ({ placeStatus: status, placeNo: no, pageSize, currentPage }, _call, context) => {
    const asked = { pageSize, currentPage };
    const { total, page } = placesFor({ status, no }, sliceOf(asked), context);
    return told(total, page, asked, context);
  },
});

async function told(
  total: number,
  page: readonly PlaceSeen[],
  asked: Paging,
  context: VankeContext,
): Promise<VankeReply> {
  const wanted = context.settings.placeImage ? page.map(({ stay }) => stay?.uid ?? null) : [];
  const pictures = await entryImages(wanted, context);
  const rows = page.map(({ no, status, stay }, index) => ({
    ...{ placeNo: no, placeStatus: status },
    ...{ image: pictures[index] ?? '', plateNumber: stay?.plate.text ?? '' },
  }));
  return pageOf(total, rows, asked);
}
