/** How well one list of length k holds what is relevant. */
export interface ListQuality {
  precision: number
  recall: number
  ndcg: number
  map: number
  mrr: number
  hitRate: number
}

/** Quality of one list, gains 0 or 1. With hits h_r ∈ {0, 1} at ranks r = 1 … k and n relevant items:
 * precision = Σ h ∕ k, k also where the list is shorter · recall = Σ h ∕ n (not ∕ min(k, n)) ·
 * nDCG = Σ h_r ∕ log₂(r + 1) over what min(k, n) hits at the top have · average precision = Σ h_r·precision@r ∕ min(k, n), so
 * that a list of hits alone has 1 · reciprocal rank = 1 ∕ rank of the first hit, 0 without one · hit rate = 1 with a hit.
 * trec_eval's P_k, recall_k, ndcg_cut_k and success_k are the same; its map_cut_k divides by n.
 * @param list items, best first; those beyond k are not looked at
 * @param isRelevant whether an item is one of the `nRelevant` */
export function judgeList(
  list: Int32Array,
  isRelevant: (item: number) => boolean,
  nRelevant: number,
  k: number
): ListQuality {
  let hits = 0
  let gain = 0
  let precisions = 0
  let reciprocal = 0
  const length = Math.min(k, list.length)
  for (let place = 0; place < length; place++) {
    if (!isRelevant(list[place]!)) continue
    hits += 1
    gain += 1 / Math.log2(place + 2)
    precisions += hits / (place + 1)
    if (hits === 1) reciprocal = 1 / (place + 1)
  }
  const most = Math.min(k, nRelevant)
  let ideal = 0
  for (let place = 0; place < most; place++) ideal += 1 / Math.log2(place + 2)
  return {
    precision: hits / k,
    recall: hits / nRelevant,
    ndcg: gain / ideal,
    map: precisions / most,
    mrr: reciprocal,
    hitRate: hits > 0 ? 1 : 0
  }
}
