/**
 * One request as other languages write and sign it: made with Python 3 (the last with its slashes escaped as PHP does it), the secret
 * `adfdcdfdfdfdf`. What is nested was signed with the escapes that it has here, but for the third, which has none.
 */
export const ESCAPED: Readonly<Record<string, string>> = {
  "json.dumps(…, separators=(',', ':'))": String.raw`{"type":"request","method":"orderPush","requestId":"py-1","parkCode":"80010001","data":{"accessKey":"0667bb1c1aa7fb1f","timestamp":1506496739000,"plate":"\u7ca4B12345","orderList":[{"plateNumber":"\u7ca4B12345","\u8ba2\u5355":"a/b \"c\" \\ d","items":[{"money":5.0,"note":"\u4e2d \u6587"}]}],"signature":"2C3BD7ABA7FF9CD3782D1B9AAD28C2A5AE8140F5"}}`,
  'json.dumps(…) on the wire, the signature over the compact text': String.raw`{"type": "request", "method": "orderPush", "requestId": "py-1", "parkCode": "80010001", "data": {"accessKey": "0667bb1c1aa7fb1f", "timestamp": 1506496739000, "plate": "\u7ca4B12345", "orderList": [{"plateNumber": "\u7ca4B12345", "\u8ba2\u5355": "a/b \"c\" \\ d", "items": [{"money": 5.0, "note": "\u4e2d \u6587"}]}], "signature": "2C3BD7ABA7FF9CD3782D1B9AAD28C2A5AE8140F5"}}`,
  'json.dumps(…, ensure_ascii=False)': String.raw`{"type": "request", "method": "orderPush", "requestId": "py-1", "parkCode": "80010001", "data": {"accessKey": "0667bb1c1aa7fb1f", "timestamp": 1506496739000, "plate": "粤B12345", "orderList": [{"plateNumber": "粤B12345", "订单": "a/b \"c\" \\ d", "items": [{"money": 5.0, "note": "中 文"}]}], "signature": "C4CFB9A66713B5889790887F379C6737ED77D3CB"}}`,
  'json_encode(…)': String.raw`{"type":"request","method":"orderPush","requestId":"py-1","parkCode":"80010001","data":{"accessKey":"0667bb1c1aa7fb1f","timestamp":1506496739000,"plate":"\u7ca4B12345","orderList":[{"plateNumber":"\u7ca4B12345","\u8ba2\u5355":"a\/b \"c\" \\ d","items":[{"money":5.0,"note":"\u4e2d \u6587"}]}],"signature":"F8B321B86FCD32F1874B357437496E276DF7A46F"}}`,
};
