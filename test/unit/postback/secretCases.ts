/** The secret in each of the URLs below. It needs no escape anywhere, so an output that holds it has leaked. */
export const SECRET = "S3CR3T4711";

const NAMES = [
  ...["token", "security_token", "verificationToken", "access-token", "api_key", "apiKey", "x[api_key]"],
  ...["client_secret", "goal_secret", "private_key", "auth_key", "postback_key", "key", "pass", "psw", "pwd"],
  ...["password", "authorization", "auth", "hmac", "hash", "checksum", "jwt", "security_code", "sig", "sign"],
  ...["signature", "secure", "SECRET", "token[]", "token%5B%5D", "t%6Fken", "\uff54\uff4f\uff4b\uff45\uff4e"],
];

const PLACES: readonly ((secret: string) => string)[] = [
  (secret) => `https://me:${secret}@t.example/pb?cid=#s2#`,
  (secret) => `https://${secret}@t.example/pb?cid=#s2#`,
  (secret) => `me:${secret}@t.example/pb?cid=#s2#`,
  (secret) => `https://t.example/pb?cid=#s2#&r=https://y.example/?token=${secret}&x=1`,
  (secret) => `https://t.example/pb?cid=#s2#&r=https%3A%2F%2Fy.example%2F%3Ftoken%3D${secret}%26x%3D1`,
  (secret) => `https://t.example/pb?cid=#s2#&r=https://me:${secret}@y.example/`,
  (secret) => `https://t.example/pb?cid=#s2#&r=https%3A%2F%2Fme%3A${secret}%40y.example`,
  (secret) => `https://t.example/token=${secret}/pb?cid=#s2#`,
  (secret) => `https://t.example/token/${secret}/pb?cid=#s2#`,
  (secret) => `https://t.example/v1/api_key/${secret}?cid=#s2#`,
  (secret) => `https://t.example/pb?cid=#s2#&r=https%3A%2F%2Fy.example%2Fpb%2Fsecret%2F${secret}`,
  (secret) => `https://t.example/pb;token=${secret}?cid=#s2#`,
  (secret) => `https://t.example/pb?cid=#s2#;token=${secret};x=1`,
  (secret) => `https://t.example/pb?cid=#s2###token=${secret}`,
  (secret) => `https://t.example/pb?cid=#s2##token=${secret}`,
  (secret) => `https://t.example/pb#token=${secret}`,
  (secret) => `https://t.example/pb?cid=#s2#?token=${secret}`,
  (secret) => `https://t.example/pb&token=${secret}&cid=#s2#`,
  (secret) => `https://t.example&token=${secret}`,
  (secret) => `https://t.example/pb?cid=#s2#&amp;token=${secret}&amp;x=1`,
  (secret) => `https://t.example/pb?cid=#s2#&#38;token=${secret}`,
  (secret) => `https://t.example/pb?cid=#s2#&data={"token":"${secret}","x":1}`,
  (secret) => `https://t.example/pb?cid=#s2#&data=%7B%22api_key%22%3A%20%22${secret}%22%7D`,
  (secret) => `https://t.example/pb?cid=#s2#&data={'client_secret':${secret}}`,
  (secret) => `https://t.example/pb?cid=#s2&token=a#s2#${secret}#s3#`,
  (secret) => `<img src="https://t.example/pb?cid=#s2#&token=${secret}">`,
];

/** A secret in every place of a URL, and under every name that partners take for one. */
export const SECRET_URLS: readonly string[] = [
  ...PLACES.map((place) => place(SECRET)),
  ...NAMES.map((name) => `https://t.example/pb?cid=#s2#&${name}=${SECRET}&x=1`),
];

/** URLs without a secret, some of which look as if they had one. */
export const HARMLESS_URLS: readonly string[] = [
  "https://t.example/pb?cid=#s2#&payout=#price#",
  "https://t.example/pb?cid=#s2#&keyword=a&hashtag=b&passback=c&designer=d&tokens=e&monkey=f&author=g",
  "https://t.example/pb?token=#s3#&hash=#s4#",
  "https://t.example/pb?cid=#s2#&secure=1&token=&auth=true",
  "https://t.example:8443/pb?mail=a@b.example",
  'https://t.example/pb?cid=#s2#&data={"key_word":"a"}',
  "https://t.example/auth/callback/hash/v2/key/#s2#/tokens/12345678/pass/conversion",
  "t.example",
  "",
];
