// A provider over a folder: each live resource is a file. Every call is written down, with what it was given.
const fs = require("node:fs");
const path = require("node:path");

const world = process.env.RECORDED_WORLD;
let flavour = "none";
let planning = 0;

const log = (entry) =>
  fs.appendFileSync(
    path.join(world, "calls.jsonl"),
    `${JSON.stringify({ ...entry, flavour, pid: process.pid, engine: process.argv[2] })}\n`,
  );
const fileOf = (id) => path.join(world, `${id}.json`);
const bare = ({ __provider, ...props }) => ({ ...props, ...(__provider && { __provider: "text" }) });

/** The first free id: numbers go on counting when a resource is deleted. */
function newId(name) {
  for (let number = 1; ; number += 1) {
    const id = `${name}-${number}`;
    if (!fs.existsSync(fileOf(id)) && !fs.existsSync(`${fileOf(id)}.deleted`)) return id;
  }
}

/** Set in a resource's `fail` property, a failure on purpose. */
function failure(method, props, id) {
  if (props.fail === `${method} partly`) {
    const properties = { ...props, out: "half" };
    return Object.assign(new Error("half done"), { id, properties, reasons: ["only half of it was done"] });
  }
  return props.fail === method ? new Error(`${method} failed on purpose`) : undefined;
}

async function maybeHang(method, props) {
  if (props.hang !== method) return;
  fs.writeFileSync(path.join(world, "hanging"), String(process.pid));
  await new Promise(() => setInterval(() => undefined, 1000));
}

/** Waits until as many calls as the resource says are here at once: one that comes alone waits for ever. */
async function waitForOthers(method, id, props) {
  if (!props.together) return;
  fs.writeFileSync(path.join(world, `${method}.${id}.here`), "");
  const here = () =>
    fs.readdirSync(world).filter((name) => name.startsWith(`${method}.`) && name.endsWith(".here")).length;
  while (here() < props.together) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Notes when a check or diff comes while another is under way. */
async function planned(entry, decide) {
  planning += 1;
  log({ ...entry, ...(planning > 1 && { overlapped: true }) });
  await new Promise((resolve) => setTimeout(resolve, 2));
  planning -= 1;
  return decide();
}

const write = (id, props) =>
  fs.writeFileSync(fileOf(id), JSON.stringify({ ...props, __provider: undefined }));
const outputsOf = (props) => ({ ...props, out: `${JSON.stringify(props.value)}!` });

module.exports = {
  configure(request) {
    flavour = request.config.get("recorded:flavour") ?? "unset";
    log({ method: "configure" });
  },
  check(olds, news) {
    return planned({ method: "check", name: news.name, olds: bare(olds), news: bare(news) }, () => {
      if (news.fail === "check")
        return { inputs: news, failures: [{ property: "", reason: "check failed on purpose" }] };
      return { inputs: { ...news, size: news.size ?? olds.size ?? 1 } };
    });
  },
  diff(id, olds, news) {
    return planned({ method: "diff", name: news.name, id, olds: bare(olds), news: bare(news) }, () => {
      if (news.undecided) return {};
      const changed = (key) => JSON.stringify(olds[key]) !== JSON.stringify(news[key]);
      const replaces = ["kind"].filter(changed);
      const changes = ["kind", "value", "size", "nested"].some(changed);
      return { changes, replaces, deleteBeforeReplace: news.deleteFirst === true };
    });
  },
  async create(props) {
    const id = newId(props.name);
    log({ method: "create", name: props.name, id, news: bare(props) });
    await maybeHang("create", props);
    await waitForOthers("create", id, props);
    if (props.fail === "create") throw failure("create", props, id);
    write(id, props);
    const partly = failure("create", props, id);
    if (partly) throw partly;
    return { id, outs: outputsOf(props) };
  },
  async read(id, props) {
    log({ method: "read", name: props.name, id, olds: bare(props) });
    await waitForOthers("read", id, props);
    if (props.fail === "read") throw failure("read", props, id);
    if (!fs.existsSync(fileOf(id))) return {};
    const live = JSON.parse(fs.readFileSync(fileOf(id), "utf8"));
    const { out, ...inputs } = { ...props, ...live };
    return { id, props: outputsOf(inputs), ...(live.readsInputs && { inputs }) };
  },
  async update(id, olds, news) {
    log({ method: "update", name: news.name, id, olds: bare(olds), news: bare(news) });
    await maybeHang("update", news);
    const failed = failure("update", news, id);
    if (failed) throw failed;
    write(id, news);
    return { outs: outputsOf(news) };
  },
  async delete(id, props) {
    log({ method: "delete", name: props.name, id, olds: bare(props) });
    await maybeHang("delete", props);
    await waitForOthers("delete", id, props);
    if (props.fail === "delete") throw failure("delete", props, id);
    if (fs.existsSync(fileOf(id))) fs.renameSync(fileOf(id), `${fileOf(id)}.deleted`);
  },
};
