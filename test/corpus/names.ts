/** The names of parameters that say what their value is, on whatever host. */
export const TRANSACTION_NAME =
  /^(?:txn?_?id|t202txid|transaction_?id|conversion_?id|order_?(?:id|number)|action_id)$/i;
export const PAYOUT_NAME = /payout|amount|revenue|price|commission|^sum$/i;
