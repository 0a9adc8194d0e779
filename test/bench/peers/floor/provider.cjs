// Does nothing in any operation. The engine's dynamic-provider process loads it.
module.exports = {
  check: async (_olds, inputs) => ({ inputs }),
  diff: async (_id, olds, news) => ({ changes: olds.postbackUrl !== news.postbackUrl }),
  create: async (inputs) => {
    const postbackId = inputs.affiliateId * 10 + inputs.offerId;
    const outs = { ...inputs, postbackId, postbackType: "Server", domain: "cake.example:8801" };
    return { id: String(postbackId), outs };
  },
  read: async (id, props) => ({ id, props }),
  update: async (_id, olds, news) => ({ outs: { ...olds, ...news } }),
  delete: async () => undefined,
};
