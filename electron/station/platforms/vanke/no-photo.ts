/** 无照片 in white on grey, 160 by 90, as JPEG: `image` must be there, also where the camera gave no picture of the car. */
const JPEG = Buffer.from(
  [
    '/9j/2wBDABsbGxscGx4hIR4qLSgtKj04MzM4PV1CR0JHQl2NWGdYWGdYjX2Xe3N7l33gsJycsOD/2c7Z////////////////2wBDARsbGxscGx',
    '4hIR4qLSgtKj04MzM4PV1CR0JHQl2NWGdYWGdYjX2Xe3N7l33gsJycsOD/2c7Z////////////////wgARCABaAKADASIAAhEBAxEB/8QAGQAB',
    'AQEBAQEAAAAAAAAAAAAAAAQDAgEF/8QAFAEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEAMQAAAAAAAAAAAAAAAANdCZTmZKPSZXwTtcg2xAAA',
    'AO68rT5/H0pDf3zQnUcGR6ax0/PAAAAKO5uT6WUvhVniKkotg98LYuuQAAAAAAAAAAAAAAAAAAAAAD/8QAMhAAAgEDAgEJBgcAAAAAAAAAAQID',
    'AAQREjEUEBMhIjAyUVNxJDM0QWCSBSNUYXKCov/aAAgBAQABPwD6AjgllzoQnFcHdeUa4O68o1JBLEAXQio7aWVC64xnHSaNpKCoOnrbdNcFNv',
    'lPuqS2kjTWdOP2NQxNNIEUgE0akh5tImznWM9kpcd0sKsuca5jBLU7ylmILbmiXPeLGoozJYkAgfnVJATBbxl0GC5zmpGj0xwI/UByz+JqUxpb',
    'CJXDEvqJFWHxSUbWPJ9qjqWOKSOFeJjGgVLCkagiZH6dh2KXlxGgRXwBUF3cGOaV3yqr0etXV3PG6hHwCgNPeXEilGfINRRtLYlV86lQx8Ejbi',
    'Q08v4iHcKHxk46lXTTNbRGbOrWasPiQfBTRt7X9YPtpbOBzhLoE/x7KG2kl63dT5sanmQqsMXu1/0auoJpWjZELAxihbFIZnmTG2mol9nkaQnQ',
    'O6vi1LGOHaUEh1cCiXNsJVlfIbDdapV5yBJVZiB0OCc4NQjmLaWY7uNKclh7/wDqey1uVC6jpHy5BJIBgOwHrTO7d5ifU0XcqqliVGwoMwUqCc',
    'HcUGYKVDHB3FB2ClQxAO4osxABJwNhyI7xnKnB+lv/xAAUEQEAAAAAAAAAAAAAAAAAAABQ/9oACAECAQE/AHP/xAAUEQEAAAAAAAAAAAAAAAAA',
    'AABQ/9oACAEDAQE/AHP/2Q==',
  ].join(''),
  'base64',
);

/** What it is called in an address. No picture of ours has this name: theirs begin otherwise. */
export const NO_PHOTO = 'no-photo';

/** The picture of this name, if it is ours to give. */
export const noPhoto = (photoId: string): Uint8Array | undefined => (photoId === NO_PHOTO ? JPEG : undefined);
