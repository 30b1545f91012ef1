import type { TableFile } from '../../tariff-office/price-table-file.ts';

/** What the station made, as the API hands files out. */
export const asFile = (file: TableFile): File => new File([new Uint8Array(file.bytes)], file.name, { type: file.type });
