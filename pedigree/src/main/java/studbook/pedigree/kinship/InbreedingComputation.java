package studbook.pedigree.kinship;

import studbook.pedigree.Pedigree;

/**
 * Computes the inbreeding of all animals, generation by generation of the parents: a row of
 * relationships needs the inbreeding of the animal's ancestors only, whose offspring belong to
 * groups of earlier generations. The groups of one generation are independent of each other, so
 * threads may share them; which eight rows are computed together does not depend on the threads.
 */
final class InbreedingComputation {

  private final Pedigree pedigree;
  private final BreedingCore core;
  private final OffspringGroups groups;
  private final double[] inbreeding;

  InbreedingComputation(Pedigree pedigree) {
    this.pedigree = pedigree;
    core = BreedingCore.of(pedigree);
    groups = OffspringGroups.of(pedigree);
    inbreeding = new double[pedigree.size()];
  }

  double[] compute(int threads) {
    try (RowWorkers workers = new RowWorkers(core, threads)) {
      int next = 1;
      for (int generation = 0; generation < pedigree.generations(); generation++) {
        next = core.setVariances(next, generation, inbreeding);
        int[] parents = groups.parents(generation);
        int batches = Math.ceilDiv(parents.length, RelationshipRows.LANES);
        workers.run(batches, (rows, batch) -> compute(rows, parents, batch));
      }
    }
    return inbreeding;
  }

  private void compute(RelationshipRows rows, int[] parents, int batch) {
    int first = batch * RelationshipRows.LANES;
    int count = Math.min(RelationshipRows.LANES, parents.length - first);
    for (int row = 0; row < count; row++) {
      ask(rows, row, parents[first + row]);
    }
    rows.compute();
    for (int row = 0; row < count; row++) {
      store(rows, row, parents[first + row]);
    }
    rows.clear();
  }

  private void ask(RelationshipRows rows, int row, int parent) {
    rows.addRow(row, parent);
    for (int index = groups.start(parent); index < groups.end(parent); index++) {
      rows.addTarget(groups.mate(groups.offspring(index)));
    }
  }

  private void store(RelationshipRows rows, int row, int parent) {
    for (int index = groups.start(parent); index < groups.end(parent); index++) {
      int animal = groups.offspring(index);
      int mate = groups.mate(animal);
      double relationship = mate == parent ? 1 + inbreeding[parent] : rows.get(row, mate);
      inbreeding[animal] = 0.5 * relationship;
    }
  }
}
