package studbook.simulator.population.name;

/** Words that names are made of. */
final class WordLists {

  /** First words. */
  static final String[] FRONT =
      words(
          """
          Silver Golden Winter Summer Autumn Crimson Scarlet Amber Ivory Velvet Quiet Restless Wild
          Gentle Proud Lucky Merry Noble Royal Rapid Brave Clever Distant Hidden Frozen Burning
          Dancing Singing Laughing Whispering Wandering Roaming Shining Fading Rising Falling
          Northern Southern Eastern Western Ancient Modern Secret Sacred Simple Solemn Sudden Daring
          Dashing Fearless Faithful Forgotten Midnight Morning Evening Moonlit Sunlit Starlit Misty
          Stormy Cloudy Rainy Windy Snowy Icy Sandy Stony Mossy Heather Copper Bronze Cobalt Indigo
          Emerald Sapphire Diamond Marble Granite Paper Cotton Linen Satin Wooden Hollow Open Broken
          Perfect Careless Patient Cunning Humble Honest Bold Bright Clear Crystal Early Late Last
          First Second Double Triple Final Lonely Lively Local Foreign Famous Curious Electric
          Magnetic Atomic Cosmic Lunar Solar Polar Coastal Inland Upland Highland Lowland Island
          Country City Village Harvest Holiday Sunday Monday Friday April October Paddy's Molly's
          Nora's Finn's Annie's O'Malley's Teacher's Sailor's Piper's Miller's Shepherd's Captain's
          Doctor's Widow's Baker's Tinker's Fiddler's Poet's Jester's Abbot's
          """);

  /** Second words. */
  static final String[] BACK =
      words(
          """
          Harbour Lantern Meadow River Valley Mountain Forest Orchard Garden Castle Tower Bridge
          Island Lagoon Canyon Prairie Desert Glacier Comet Meteor Planet Galaxy Horizon Sunrise
          Sunset Shadow Echo Whisper Thunder Lightning Tempest Breeze Cyclone Blizzard Ember Flame
          Bonfire Beacon Signal Compass Anchor Rudder Voyage Journey Passage Crossing Frontier
          Kingdom Empire Republic Parade Carnival Festival Ballad Sonata Anthem Chorus Melody Rhythm
          Cadence Fiddle Trumpet Cello Drummer Piper Poet Painter Sculptor Scholar Captain Admiral
          Sergeant Ranger Hunter Archer Falcon Kestrel Heron Swallow Sparrow Magpie Raven Otter
          Badger Leopard Panther Dragon Phoenix Griffin Unicorn Willow Juniper Cypress Maple Bramble
          Thistle Clover Bluebell Primrose Orchid Lavender Saffron Ginger Pepper Cinnamon Biscuit
          Pudding Marmalade Treacle Promise Bargain Gamble Wager Fortune Treasure Jackpot Ransom
          Mystery Riddle Rumour Legend Fable Story Chapter Verse Letter Dream Wish Hope Glory Honour
          Courage Justice Liberty Reason Wisdom Virtue Victory Triumph Ambition Desire Delight
          Affair Romance Serenade
          """);

  /** Last words of some names; most names end before. */
  static final String[] TAIL = {
    "",
    "",
    "",
    "",
    "",
    "",
    " Lass",
    " Boy",
    " Queen",
    " Prince",
    " Again",
    " Too",
    " D'Or",
    " Du Lac",
    " Of Kells",
    " At Dawn",
    " By Night",
    " Road",
    " Bay",
    " Hill"
  };

  static final String[] SURNAMES =
      words(
          """
          Ashdown Barrowby Callaghan Dunmore Ellerton Fairclough Garrity Hathersage Inglewood Jessop
          Kilbride Lanyon Merriott Netherby O'Driscoll Pemberley Quennell Rathbone Sedgemoor
          Tolland Underhill Vickery Wexcombe Yarrow O'Shaughnessy Lemoine Beaupré Dufrêne Hérault
          Königsberg Brünner Møller Ibáñez Gonçalves Nakahara Tanizaki MacAskill D'Arcambal
          """);

  static final String[] PLACES =
      words(
          """
          Abbeyfold Brackenridge Coolmeen Dovemere Eastwater Foxhollow Glenarran Hazelmount Kilcreene
          Larkfield Millstream Newgrange Oakover Priorswood Rathmoylan Stonebarrow Thornbury
          Wychgate Bellefontaine Montréval Clairvaux Beauséjour Eichenhöhe Silberbach Rosewater
          Kangaloon Waikare Hidaka
          """);

  private WordLists() {}

  private static String[] words(String text) {
    return text.strip().split("\\s+", -1);
  }
}
