package io.kandjietl.kandji;

/** Where a listing's pages come from. */
@FunctionalInterface
interface PageSource {

    /** The page that begins at the offset. Called on a few threads at a time; ends soon after an interrupt. */
    DevicePage page(long offset);
}
