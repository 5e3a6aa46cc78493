package org.lawu.data.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.data.Table;
import org.lawu.error.FormatException;
import org.lawu.tensor.Tensor;

/** Lines as each file has them. */
class TabularSetsTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("data.csv"), text);
  }

  @Test
  void iris() throws IOException {
    Table flowers =
        Iris.read(file("5.1,3.5,1.4,0.2,Iris-setosa\n7.0,3.2,4.7,1.4,Iris-versicolor\n"));

    assertThat(flowers.floats("petalWidth", "sepalLength"))
        .isEqualTo(Tensor.of(new float[] {0.2f, 5.1f, 1.4f, 7f}, 2, 2));
    assertThat(flowers.classes(Iris.SPECIES)).containsExactly("Iris-setosa", "Iris-versicolor");
    Path four = file("5.1,3.5,1.4,0.2\n");
    assertThatThrownBy(() -> Iris.read(four))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            four
                + ", line 1: 4 fields, but there are 5 columns: [sepalLength, sepalWidth,"
                + " petalLength, petalWidth, species]");
  }

  @Test
  void wineWithTheGrowerFirstOrLast() throws IOException {
    String measures = "14.23,1.71,2.43,15.6,127,2.8,3.06,.28,2.29,5.64,1.04,3.92,1065";
    String others = "12.37,.94,1.36,10.6,88,1.98,.57,.28,.42,1.95,1.05,1.82,520";

    for (String text :
        new String[] {
          measures + ",1\n" + others + ",2\n", "1," + measures + "\n2," + others + "\n"
        }) {
      Table wines = Wine.read(file(text));
      assertThat(wines.ints(Wine.GROWER)).isEqualTo(Tensor.of(1, 2));
      assertThat(wines.doubles("alcohol")).containsExactly(14.23, 12.37);
      assertThat(wines.doubles("proline")).containsExactly(1065, 520);
    }
  }

  @Test
  void breastCancer() throws IOException {
    for (String text :
        new String[] {
          "5,1,1,1,2,1,3,1,1,2\n8,4,5,1,2,?,7,3,1,4\n",
          "1000025,5,1,1,1,2,1,3,1,1,2\n1057013,8,4,5,1,2,?,7,3,1,4\n"
        }) {
      Table biopsies = BreastCancer.read(file(text));
      assertThat(biopsies.columns()).hasSize(10).startsWith("clumpThickness");
      assertThat(biopsies.doubles("bareNuclei")).containsExactly(1, Double.NaN);
      assertThat(biopsies.labels(BreastCancer.DIAGNOSIS)).isEqualTo(Tensor.of(0, 1));
    }
    Path nine = file("5,1,1,1,2,1,3,1,1\n");
    assertThatThrownBy(() -> BreastCancer.read(nine))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(nine + ", line 1: 9 fields, but there are 10 columns: [clump");
  }

  @Test
  void pimaDiabetes() throws IOException {
    Table women = PimaDiabetes.read(file("6,148,72,35,0,33.6,0.627,50,1\n"));

    assertThat(women.doubles("bodyMassIndex")).containsExactly(33.6);
    assertThat(women.doubles("age")).containsExactly(50);
    assertThat(women.ints(PimaDiabetes.DIABETES)).isEqualTo(Tensor.of(1));
  }

  @Test
  void californiaHousing() throws IOException {
    Table districts =
        CaliforniaHousing.read(
            file(
                """
                longitude,latitude,housing_median_age,total_rooms,total_bedrooms,population,\
                households,median_income,median_house_value,ocean_proximity
                -122.23,37.88,41.0,880.0,129.0,322.0,126.0,8.3252,452600.0,NEAR BAY
                -122.16,37.77,47.0,1256.0,,570.0,218.0,4.375,161900.0,NEAR BAY
                """));

    assertThat(districts.columns()).containsAll(CaliforniaHousing.NUMBERS);
    assertThat(districts.doubles("total_bedrooms")).containsExactly(129, Double.NaN);
    assertThat(districts.doubles(CaliforniaHousing.MEDIAN_HOUSE_VALUE))
        .containsExactly(452600, 161900);
    assertThat(districts.strings(CaliforniaHousing.OCEAN_PROXIMITY))
        .containsExactly("NEAR BAY", "NEAR BAY");
    Path other = file("longitude,latitude\n1,2\n");
    assertThatThrownBy(() -> CaliforniaHousing.read(other))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            other
                + ": not the California Housing data: there are no columns [housing_median_age,"
                + " total_rooms, total_bedrooms, population, households, median_income,"
                + " ocean_proximity, median_house_value], but [longitude, latitude]");
  }

  @Test
  void onlineShoppers() throws IOException {
    String text =
        """
        Administrative,Administrative_Duration,Informational,Informational_Duration,\
        ProductRelated,ProductRelated_Duration,BounceRates,ExitRates,PageValues,SpecialDay,\
        Month,OperatingSystems,Browser,Region,TrafficType,VisitorType,Weekend,Revenue
        1,5,2,7.5,4,80,0.1,0.15,0,0,Mar,3,2,4,5,Returning_Visitor,FALSE,FALSE
        3,2.5,0,0,9,90,0,0.05,12.25,0.4,May,2,3,1,8,New_Visitor,TRUE,TRUE
        """;
    Table sessions = OnlineShoppers.read(file(text));

    assertThat(sessions.labels(OnlineShoppers.REVENUE)).isEqualTo(Tensor.of(0, 1));
    assertThat(sessions.doubles("PageValues")).containsExactly(0, 12.25);
    Path archive = folder.resolve("shoppers.zip");
    ZipFiles.write(archive, "online_shoppers_intention.csv", text);
    assertThat(OnlineShoppers.packed(archive).strings("Month")).containsExactly("Mar", "May");
    Path other = file("a\n1\n");
    assertThatThrownBy(() -> OnlineShoppers.read(other))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(
            other + ": not the Online Shoppers data: there are no columns [Administrative, ");
  }
}
