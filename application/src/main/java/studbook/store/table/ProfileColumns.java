package studbook.store.table;

import studbook.model.Parent;
import studbook.model.Profile;
import studbook.model.ProfileParents;
import studbook.store.database.ColumnArrays;

/** The columns of profiles, as the statements that write them name their parameters. */
public final class ProfileColumns {

  private ProfileColumns() {}

  public static void bind(ColumnArrays<Profile> profiles) {
    profiles.text("dobs", profile -> profile.dob() == null ? null : profile.dob().toString());
    profiles.text("sexes", Profile::sex);
    profiles.text("sex_codes", Profile::sexCode);
    profiles.text("colours", Profile::colour);
    profiles.text("colour_codes", Profile::colourCode);
    profiles.text("regions", Profile::region);
    profiles.text("breeders", Profile::breeder);
    ColumnArrays<ProfileParents> pedigrees = profiles.part(Profile::pedigree);
    bind("sire", pedigrees.part(ProfileParents::sire));
    bind("dam", pedigrees.part(ProfileParents::dam));
    bind("damsire", pedigrees.part(ProfileParents::damsire));
  }

  private static void bind(String role, ColumnArrays<Parent> parents) {
    parents.text(role + "_ids", Parent::id);
    parents.text(role + "s", Parent::name);
  }
}
