package io.kandjietl.simulator;

import java.util.List;

/** The kinds of device that the fleets have, with a few models of each. */
enum Platform {
    MAC(
            "Mac",
            new Model("MacBook Air (M2, 2022)", "Mac14,2"),
            new Model("MacBook Air (13-inch, M4, 2025)", "Mac16,12"),
            new Model("MacBook Pro (14-inch, M3 Pro, Nov 2023)", "Mac15,6"),
            new Model("MacBook Pro (16-inch, 2021)", "MacBookPro18,1"),
            new Model("Mac mini (2024)", "Mac16,10"),
            new Model("iMac (24-inch, 2023, Two ports)", "Mac15,4")),
    IPHONE(
            "iPhone",
            new Model("iPhone 13", "iPhone14,5"),
            new Model("iPhone 15 Pro", "iPhone16,1"),
            new Model("iPhone SE (3rd generation)", "iPhone14,6")),
    IPAD("iPad", new Model("iPad (10th generation)", "iPad13,18"), new Model("iPad Air (M2)", "iPad14,8")),
    APPLE_TV("AppleTV", new Model("Apple TV 4K (3rd generation)", "AppleTV14,1")),
    /** One that the vendor's documentation does not name. */
    VISION("Vision", new Model("Apple Vision Pro", "RealityDevice14,1")),
    WINDOWS("Windows", new Model("Latitude 7440", "Latitude 7440"), new Model("ThinkPad X1 Carbon Gen 11", "21HM")),
    ANDROID("Android", new Model("Pixel 8", "shiba"), new Model("Galaxy A54", "SM-A546B"));

    private final String spelling;
    private final List<Model> models;

    Platform(String spelling, Model... models) {
        this.spelling = spelling;
        this.models = List.of(models);
    }

    /** As the API spells it. */
    String spelling() {
        return spelling;
    }

    List<Model> models() {
        return models;
    }

    boolean isApple() {
        return this != WINDOWS && this != ANDROID;
    }

    /**
     * What the device is.
     *
     * @param name the marketing name
     * @param identifier the maker's
     */
    record Model(String name, String identifier) {}
}
