// The passphrase secrets provider's format: what `pulumi stack import` and the CLI's own state use.
import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";

const iterations = 1_000_000;
const derive = promisify(pbkdf2);

export class Crypter {
  private readonly written = new WeakMap<object, unknown>();

  private constructor(
    private readonly key: Buffer,
    /** `secrets_providers.state.salt`: the salt and a message that proves the passphrase. */
    readonly salt: string,
  ) {}

  static async create(passphrase: string): Promise<Crypter> {
    const salt = randomBytes(8);
    const key = await derive(passphrase, salt, iterations, 32, "sha256");
    return new Crypter(key, `v1:${salt.toString("base64")}:${encryptWith(key, "pulumi")}`);
  }

  static async open(passphrase: string, state: string): Promise<Crypter> {
    const [version, salt, ...proof] = state.split(":");
    if (version !== "v1" || salt === undefined)
      throw new Error("unknown version of the passphrase secrets provider");
    const key = await derive(passphrase, Buffer.from(salt, "base64"), iterations, 32, "sha256");
    const crypter = new Crypter(key, state);
    if (crypter.tryDecrypt(proof.join(":")) !== "pulumi") throw new Error("incorrect passphrase");
    return crypter;
  }

  /** A bag of properties that has not changed is not encrypted again with every write of the state. */
  once<Written>(bag: object, write: () => Written): Written {
    if (!this.written.has(bag)) this.written.set(bag, write());
    return this.written.get(bag) as Written;
  }

  encrypt(plaintext: string): string {
    return encryptWith(this.key, plaintext);
  }

  decrypt(ciphertext: string): string {
    const plaintext = this.tryDecrypt(ciphertext);
    if (plaintext === undefined)
      throw new Error("a secret in the state cannot be decrypted with this passphrase");
    return plaintext;
  }

  private tryDecrypt(ciphertext: string): string | undefined {
    const [version, nonce, data] = ciphertext.split(":");
    if (version !== "v1" || nonce === undefined || data === undefined) return undefined;
    const bytes = Buffer.from(data, "base64");
    const decipher = createDecipheriv("aes-256-gcm", this.key, Buffer.from(nonce, "base64"));
    decipher.setAuthTag(bytes.subarray(-16));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString("utf8");
    } catch {
      return undefined;
    }
  }
}

function encryptWith(key: Buffer, plaintext: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const data = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `v1:${nonce.toString("base64")}:${data.toString("base64")}`;
}
