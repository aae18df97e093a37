package io.kandjietl.device;

/** How a user has access to a device. */
public enum AccessType {
    /** The Kandji user that the tenant assigned to the device: it comes from the listing. */
    ASSIGNED_USER("assigned_user"),

    /** A regular account on the device itself: it comes from the device's details. */
    LOCAL_ACCOUNT("local_account");

    private final String code;

    AccessType(String code) {
        this.code = code;
    }

    /** The value of the column {@code access_type}. */
    public String code() {
        return code;
    }

    /**
     * The type of a value of the column {@code access_type}.
     *
     * @throws IllegalArgumentException when there is no such type
     */
    public static AccessType ofCode(String code) {
        for (AccessType type : values()) {
            if (type.code.equals(code)) {
                return type;
            }
        }
        throw new IllegalArgumentException("No access type is called '" + code + "'");
    }
}
